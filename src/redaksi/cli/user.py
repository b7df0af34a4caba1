"""``redaksi user``: make an account at the desk, or give one a role: the way in for the first network manager."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from redaksi.network.models import Grant, Site


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--role", choices=Grant.Role.values, default="network_manager")
    parser.add_argument("--site", help="short name of the site; none for a network manager")
    parser.add_argument("--email", default="")


def run(args: argparse.Namespace) -> int:
    """The password is asked for, or taken from REDAKSI_PASSWORD."""
    try:
        with transaction.atomic():
            _make(args)
    except ValidationError as error:
        print(f"redaksi: {args.username}: {' '.join(error.messages)}", file=sys.stderr)
        return 1
    return 0


def _make(args: argparse.Namespace) -> None:
    users = get_user_model()
    site = Site.objects.filter(slug=args.site).first() if args.site else None
    if args.site and site is None:
        raise ValidationError(f"there is no site “{args.site}”")
    user = users.objects.filter(username=args.username).first()
    if user is None:
        user = users(username=args.username, email=args.email)
        password = os.environ.get("REDAKSI_PASSWORD") or getpass.getpass("Password: ")
        validate_password(password, user)
        user.set_password(password)
        user.save()
    grant = Grant(user=user, site=site, role=args.role)
    grant.full_clean(validate_unique=False, validate_constraints=False)
    Grant.objects.get_or_create(user=user, site=site, section=None, role=args.role)

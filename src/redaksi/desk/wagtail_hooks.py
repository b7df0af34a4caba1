"""Everything that the desk hooks into Wagtail, registered explicitly from the modules that own it."""

from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from redaksi.desk import (
    contributors,
    flashes,
    home,
    media,
    menu,
    nameplate,
    pages,
    rights,
    sites,
    staff,
    topics,
    walls,
)
from redaksi.desk.exchange import rooms, rules
from redaksi.desk.front import addresses as front
from redaksi.desk.photos import chooser, screens
from redaksi.desk.story import viewset as story

rights.register()
walls.register()
chooser.arrange()
story.register()
front.register()

for viewset in (
    screens.PhotoViewSet(),
    topics.TopicViewSet(),
    contributors.ContributorViewSet(),
    pages.PageViewSet(),
    sites.SiteViewSet(),
    sites.SectionViewSet(),
    sites.GroupViewSet(),
    rules.RuleViewSet(),
):
    hooks.register("register_admin_viewset", lambda viewset=viewset: viewset)

hooks.register("register_admin_urls", media.urls)
hooks.register("register_admin_urls", lambda: [path("staf/", include((staff.urls(), "desk_staff")))])
hooks.register("register_admin_urls", lambda: [path("kilat/", include((flashes.urls(), "desk_flashes")))])
hooks.register("register_admin_urls", lambda: [path("jaringan/", include((rooms.urls(), "desk_exchange")))])
hooks.register("construct_main_menu", menu.construct)
hooks.register("construct_search", menu.construct_search)
hooks.register("construct_homepage_panels", home.construct)
hooks.register("insert_global_admin_css", nameplate.style)
hooks.register("register_rich_text_features", walls.link_without_pages, order=100)

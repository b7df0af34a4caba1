"""Many rows at once, in each database's own quickest way: what ``bulk_create`` does, without its price.

Rows are made in whatever process has the facts (no question is asked of the database), and written where the transaction is. A column that
has its model's default is worked out once and not for every row: most of a story's columns do. A time that the model would set by itself
has to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from typing import Any

from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import DateTimeField, JSONField, Model
from modelcluster.models import get_field_value
from wagtail.fields import StreamField

#: Values that a column of text, numbers or keys takes as they are, in every database. No subclasses: a choice is told by its value.
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
#: A batch's stories come one after another in time, and each tells the same moment in several columns and rows.
_MOMENTS = 256


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, as its columns take them. May be sent from one process to another."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]]

    def insert(self) -> None:
        """Write them, in the open transaction."""
        if not self.values:
            return
        names = ", ".join(f'"{name}"' for name in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{self.table}" ({names}) FROM STDIN') as copy:
                    for row in self.values:
                        copy.write_row(row)
                return
            holes = ", ".join("?" * len(self.columns))
            statement = f'INSERT INTO "{self.table}" ({names}) VALUES ({holes})'  # noqa: S608  # names of our own models
            cursor.connection.executemany(statement, self.values)


class Shape:
    """The columns of a model, what each holds where nothing was said, and how that is written and told."""

    def __init__(self, model: type[Model]) -> None:
        fresh = model()
        fields: Sequence[Any] = model._meta.concrete_fields  # noqa: SLF001  # Django's documented API, here and below
        defaults = [getattr(fresh, field.attname) for field in fields]
        self.table = model._meta.db_table  # noqa: SLF001
        self.columns = tuple(field.column for field in fields)
        self._fields = {field.attname: (place, _written(field)) for place, field in enumerate(fields)}
        self._kept = [
            (field.attname, default, field.get_db_prep_save(default, connection), _written(field))
            for field, default in zip(fields, defaults, strict=True)
        ]
        self._told = [
            (field.attname, field.name, default, get_field_value(field, fresh), field)
            for field, default in zip(fields, defaults, strict=True)
            if field.serialize and not field.primary_key
        ]

    def row(self, instance: Model, **ready: Any) -> tuple[Any, ...]:
        """An instance, its key included, as a row.

        Args:
            instance: of the shape's model.
            ready: columns that were worked out before, as the database takes them, by the names of the instance's attributes.
        """
        # The very default, not one like it: True is equal to 1, and a list in a column may have been changed.
        held = instance.__dict__
        return tuple([
            kept if held[name] is default else ready[name] if name in ready else written(held[name])
            for name, default, kept, written in self._kept
        ])  # fmt: skip

    def filled(self, **facts: Any) -> tuple[Any, ...]:
        """A row of these facts, by the names of an instance's attributes, without an instance."""
        values = [kept for _, _, kept, _ in self._kept]
        for name, value in facts.items():
            place, written = self._fields[name]
            values[place] = written(value)
        return tuple(values)

    def told(self, instance: Model) -> dict[str, Any]:
        """An instance's own columns as a revision keeps them: modelcluster's ``get_serializable_data_for_fields``, sooner."""
        held = instance.__dict__
        made = {"pk": instance.pk}
        for attribute, name, default, told, field in self._told:
            value = held[attribute]
            if value is default:
                made[name] = told
            elif type(value) is datetime:
                made[name] = _told_moment(value)
            else:
                made[name] = get_field_value(field, instance)
        return made

    def rows(self, values: list[tuple[Any, ...]]) -> Rows:
        """These rows; where they have no keys, the database has them count on."""
        if self.columns[0] == "id" and values and values[0][0] is None:
            return Rows(self.table, self.columns[1:], [row[1:] for row in values])
        return Rows(self.table, self.columns, values)


shape_of = cache(Shape)


def _written(field: Any) -> Callable[[Any], Any]:
    """How a value of this column is written."""
    if isinstance(field, DateTimeField):
        return _written_moment
    return (
        partial(_of_any, field) if isinstance(field, JSONField | StreamField) else partial(_of_plain, field)
    )


def _of_any(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _of_plain(field: Any, value: Any) -> Any:
    return value if type(value) in _AS_THEY_ARE else field.get_db_prep_save(value, connection)


@lru_cache(_MOMENTS)
def _written_moment(value: datetime | None) -> Any:
    return DateTimeField().get_db_prep_save(value, connection)


@lru_cache(_MOMENTS)
def _told_moment(value: datetime) -> str:
    """As JSON tells it, in UTC."""
    told: str = DjangoJSONEncoder().default(value.astimezone(UTC))
    return told


def rows_of(instances: Sequence[Model]) -> Rows:
    """Instances of one model as rows. There must be one at least."""
    shape = shape_of(type(instances[0]))
    return shape.rows([shape.row(instance) for instance in instances])


def reserve(model: type[Model], count: int) -> list[int]:
    """Keys for so many new rows of a model, which nobody else gets; in the open transaction."""
    table = model._meta.db_table  # noqa: SLF001
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction holds SQLite's one write lock already, and a row with a key of its own moves the sequence on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        last = row[0] if row else 0
        return list(range(last + 1, last + 1 + count))


def settle_sequences(models: Iterable[type[Model]]) -> None:
    """Let keys that the database chooses come behind those that were chosen for it."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)

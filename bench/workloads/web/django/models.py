"""The tables. bench/workloads/web/schema.sql makes them, so that Django manages none and there are no migrations."""

from __future__ import annotations

from django.db import models


class World(models.Model):
    """A row that is read."""

    id = models.IntegerField(primary_key=True)
    number = models.IntegerField()

    class Meta:
        db_table = "world"
        managed = False


class Counter(models.Model):
    """A row that is changed."""

    id = models.IntegerField(primary_key=True)
    hits = models.IntegerField()

    class Meta:
        db_table = "counter"
        managed = False


class Fortune(models.Model):
    """A row of the page of fortunes."""

    id = models.IntegerField(primary_key=True)
    message = models.TextField()

    class Meta:
        db_table = "fortune"
        managed = False

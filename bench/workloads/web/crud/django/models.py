"""The tables. bench/workloads/web/schema.sql makes them, so that Django manages none and there are no migrations."""

from __future__ import annotations

from django.db import models


class Purchase(models.Model):
    """A row that is read, listed, inserted and updated."""

    id = models.AutoField(primary_key=True)
    customer = models.TextField()
    email = models.TextField()
    quantity = models.IntegerField()
    price = models.IntegerField()

    class Meta:
        db_table = "purchase"
        managed = False


class Counter(models.Model):
    """How often the purchase of its id was updated."""

    id = models.IntegerField(primary_key=True)
    hits = models.IntegerField()

    class Meta:
        db_table = "counter"
        managed = False

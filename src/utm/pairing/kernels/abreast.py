"""Choices of columns that are carried on abreast, over whole numbers.

What is lost and lacks is as in `utm.pairing.kernels.branches`, whose steps these are too.
"""

from __future__ import annotations

from utm.pairing.compiled import compiled
from utm.pairing.kernels.branches import follow, narrow, pick_row, rank, settle
from utm.pairing.market import Numbers
from utm.pairing.node import Generation, Table, Workspace

__all__ = ["begin", "carry_on", "narrow"]

_NONE = -1


@compiled
def carry_on(
    table: Table,
    work: Workspace,
    order: Numbers,
    classes: int,
    parents: Generation,
    chosen: Numbers,
    ways: Numbers,
    children: Generation,
    most: int,
) -> None:
    """Fill in the children of choices begun.

    Parameters
    ----------
    table, work, order, classes
        The columns, room to work in, also for places of all columns, and how many of the rows
        are classes.
    parents
        Choices begun.
    chosen, ways
        Of each child, which choice it goes on from, and by which of its ways.
    children
        What is filled in, as many as are told.
    most
        What a choice may lose at most.
    """
    for child in range(len(chosen)):
        parent, way = chosen[child] + 0, ways[child] + 0
        row = parents.rows[parent] + 0
        count = parents.ways[parent] + 0
        for each in range(parents.room.shape[1]):
            children.prices[child, each] = parents.prices[parent, each]
            children.room[child, each] = parents.room[parent, each]
        children.lost[child] = parents.losses[parent, way]
        if way < count:
            place = parents.options[parent, way] + 0
            children.taken[child] = parents.columns[parent, place]
        else:
            children.taken[child] = _NONE
            children.room[child, row] = children.prices[child, row] = 0
        children.counts[child] = follow(
            table,
            parents.columns[parent],
            parents.lacks[parent],
            parents.counts[parent],
            parents.options[parent, :count],
            way,
            most - children.lost[child],
            children.columns[child],
            children.lacks[child],
            children.room[child],
        )
        begin(table, work, order, classes, children, child, most)


@compiled
def begin(
    table: Table,
    work: Workspace,
    order: Numbers,
    classes: int,
    choices: Generation,
    number: int,
    most: int,
) -> None:
    """Settle what a choice begun loses at least, and list its ways to go on, nearest first.

    Where there are none, it is complete, and what it loses is all that it loses. Where it loses
    too much, it has no ways, and loses more than ``most``.
    """
    lacks, prices, room = choices.lacks[number], choices.prices[number], choices.room[number]
    choices.counts[number], choices.lost[number] = settle(
        table,
        work,
        choices.columns[number],
        lacks,
        choices.counts[number],
        prices,
        room,
        choices.lost[number],
        most,
    )
    choices.rows[number], choices.ways[number] = _NONE, 0
    spare = most - choices.lost[number]
    if spare < 0:
        return
    row = pick_row(work, classes, lacks, prices, room, spare)
    if row == _NONE:
        for each in range(len(room)):
            choices.lost[number] += prices[each] * room[each]
        return
    count = rank(work, row, lacks, spare, order)
    count = min(count, choices.options.shape[1])
    for way in range(count):
        place = order[way] + 0
        choices.options[number, way] = place
        choices.losses[number, way] = choices.lost[number] + lacks[place]
    choices.losses[number, count] = choices.lost[number] + prices[row] * room[row]
    choices.losses[number, count + 1 :] = most + 1
    choices.rows[number], choices.ways[number] = row, count

"""Branch and bound over columns, by prices alone, over whole numbers.

A column *lacks* what the prices of what it takes exceed its worth by. What a grouping is
worth less than all prices is what its columns lack together, and the prices of all that is
left over. So every row that still has room costs something: what the nearest of its columns
lack, or its price. This is moved from columns and price into what is *lost* whatever is
chosen, row by row, and whatever loses more than the *most* that a better grouping may is
given up.
"""
# ruff: noqa: C901, PLR0912, PLR0915  # loops for a compiler

from __future__ import annotations

from utm.pairing.compiled import compiled
from utm.pairing.market import Numbers
from utm.pairing.node import PARTS, Levels, Table, Workspace

__all__ = ["best_within", "follow", "pick_row", "rank", "settle"]

_WHOLE = 1 << 40
_ESTIMATED_AT = 60  # steps
_FAR_OFF = 4  # times the patience, by the estimate: give up
_NONE = -1


@compiled
def settle(
    table: Table,
    work: Workspace,
    columns: Numbers,
    lacks: Numbers,
    count: int,
    prices: Numbers,
    room: Numbers,
    lost: int,
    most: int,
) -> tuple[int, int]:
    """Move into what is lost what each row loses at least; drop columns that lack too much.

    Changes ``columns``, ``lacks`` and ``prices``, and leaves in ``work`` which columns take
    something of each row.

    Returns
    -------
    How many columns are left, and what is lost; more than ``most`` where nothing is left to
    look for.
    """
    starts, rows, takes = table.starts, table.rows, table.takes
    begins, ends, holders, held = work.begins, work.ends, work.holders, work.held
    left = 0
    for place in range(count):
        if lacks[place] <= most - lost:
            columns[left], lacks[left] = columns[place], lacks[place]
            left += 1
    begins[:] = 0
    for place in range(left):
        column = columns[place] + 0
        for entry in range(starts[column], starts[column + 1]):
            begins[rows[entry] + 1] += 1
    for row in range(len(room)):
        begins[row + 1] += begins[row]
        ends[row] = begins[row]
    for place in range(left):
        column = columns[place] + 0
        for entry in range(starts[column], starts[column + 1]):
            row = rows[entry] + 0
            holders[ends[row]], held[ends[row]] = place, takes[entry]
            ends[row] += 1
    for row in range(len(room)):
        if room[row] == 0 or prices[row] == 0:
            continue
        least = prices[row] + 0
        for at in range(begins[row], begins[row + 1]):
            least = min(least, lacks[holders[at]] // held[at])
            if least == 0:
                break
        if least > 0:
            for at in range(begins[row], begins[row + 1]):
                lacks[holders[at]] -= least * held[at]
            prices[row] -= least
            lost += least * room[row]
            if lost > most:
                break
    return left, lost


@compiled
def pick_row(
    work: Workspace, classes: int, lacks: Numbers, prices: Numbers, room: Numbers, spare: int
) -> int:
    """Return the class with the fewest ways to go on, near ones counting more.

    Returns -1 where no class has a column that lacks no more than can be spared.

    Parameters
    ----------
    work
        As `settle` has left it.
    classes
        How many of the rows may be picked.
    lacks, prices, room
        What each column lacks, the prices, and the room of each row.
    spare
        How much more may be lost.
    """
    picked, fewest = _NONE, 0
    for row in range(classes):
        if room[row] == 0:
            continue
        ways = 0
        for at in range(work.begins[row], work.begins[row + 1]):
            lack = lacks[work.holders[at]] + 0
            if lack <= spare:
                part = PARTS - PARTS * lack // (spare + 1)
                ways += part * part
        if ways == 0:
            continue
        alone = prices[row] * room[row]
        if alone <= spare:
            part = PARTS - PARTS * alone // (spare + 1)
            ways += part * part
        if picked == _NONE or ways < fewest:
            picked, fewest = row, ways
    return picked


@compiled
def rank(work: Workspace, row: int, lacks: Numbers, spare: int, options: Numbers) -> int:
    """Fill in the places of the columns that take of a row and lack no more than can be spared.

    The nearest come first. Returns how many.
    """
    count = 0
    for at in range(work.begins[row], work.begins[row + 1]):
        place = work.holders[at] + 0
        if lacks[place] > spare:
            continue
        spot = count
        while spot > 0 and lacks[options[spot - 1]] > lacks[place]:
            options[spot] = options[spot - 1]
            spot -= 1
        options[spot] = place
        count += 1
    return count


@compiled
def follow(
    table: Table,
    columns: Numbers,
    lacks: Numbers,
    count: int,
    options: Numbers,
    way: int,
    most: int,
    next_columns: Numbers,
    next_lacks: Numbers,
    next_room: Numbers,
) -> int:
    """Fill in what is left when one of the options is taken and none before it.

    Parameters
    ----------
    table
        The columns.
    columns, lacks, count
        Where it is taken.
    options, way
        Places of the ways to go on, and which of them is taken; past their end none is.
    most
        What a column may lack at most.
    next_columns, next_lacks
        What is filled in.
    next_room
        The room so far, from which what the option takes is subtracted. Past the end the row
        has none any more.

    Returns
    -------
    How many columns are left.
    """
    starts, rows, takes = table.starts, table.rows, table.takes
    if way < len(options):
        column = columns[options[way]] + 0
        for entry in range(starts[column], starts[column + 1]):
            next_room[rows[entry]] -= takes[entry]
    left = 0
    for place in range(count):
        if lacks[place] > most:
            continue
        column = columns[place] + 0
        fits = True
        for entry in range(starts[column], starts[column + 1]):
            if takes[entry] > next_room[rows[entry]]:
                fits = False
                break
        for earlier in range(min(way, len(options))):
            if options[earlier] == place:
                fits = False
        if fits:
            next_columns[left], next_lacks[left] = column, lacks[place]
            left += 1
    return left


@compiled
def narrow(table: Table, work: Workspace, prices: Numbers) -> Table:
    """Return the table without those of the implied rows that cost nothing."""
    starts, rows, takes = table.starts, table.rows, table.takes
    kept = Table(work.starts, work.rows, work.takes, table.implied)
    count = 0
    for column in range(len(starts) - 1):
        kept.starts[column] = count
        for entry in range(starts[column], starts[column + 1]):
            row = rows[entry] + 0
            if prices[row] > 0 or not table.implied[row]:
                kept.rows[count], kept.takes[count] = row, takes[entry]
                count += 1
    kept.starts[len(starts) - 1] = count
    return kept


@compiled
def passed(levels: Levels, level: int) -> int:
    """Return the share of all steps that is done, as far as can be told, in parts of `_WHOLE`."""
    part, behind = _WHOLE, 0
    for each in range(level):
        part //= levels.ways[each] + 1
        behind += part * (levels.next_way[each] - 1)
    return behind


@compiled
def best_within(
    table: Table, levels: Levels, work: Workspace, classes: int, most: int, patience: int
) -> tuple[int, int]:
    """Look through all choices that lose little enough, depth first.

    Parameters
    ----------
    table
        The columns.
    levels
        The first is where to begin; the others are to work in. There are as many as steps
        may be taken and one more.
    work
        To work in.
    classes
        How many of the rows are classes.
    most
        What a choice may lose at most.
    patience
        Give up after so many steps.

    Returns
    -------
    What the best choice loses, or -1 where there is none, and whether all were looked
    through. ``levels.best`` holds its columns, then -1.
    """
    columns, lacks, counts = levels.columns, levels.lacks, levels.counts
    prices, room, lost = levels.prices, levels.room, levels.lost
    options, ways, next_way = levels.options, levels.ways, levels.next_way
    best = _NONE
    steps = level = 0
    arrived = True
    table = narrow(table, work, prices[0])
    while level >= 0:
        if arrived:
            if steps == patience:
                return best, 0
            if steps == _ESTIMATED_AT:
                part = patience * passed(levels, level)
                if steps * _WHOLE > _FAR_OFF * part:
                    return best, 0
            steps += 1
            arrived = False
            counts[level], lost[level] = settle(
                table,
                work,
                columns[level],
                lacks[level],
                counts[level],
                prices[level],
                room[level],
                lost[level],
                most,
            )
            spare = most - lost[level]
            if spare < 0:
                level -= 1
                continue
            row = pick_row(work, classes, lacks[level], prices[level], room[level], spare)
            if row == _NONE:
                total = lost[level] + 0
                for each in range(room.shape[1]):
                    total += prices[level, each] * room[level, each]
                if total <= most:
                    best, most = total, total - 1
                    for each in range(level):
                        levels.best[each] = levels.chosen[each]
                    levels.best[level:] = _NONE
                level -= 1
                continue
            levels.picked[level] = row
            ways[level] = rank(work, row, lacks[level], spare, options[level])
            next_way[level] = 0
        way = next_way[level] + 0
        next_way[level] += 1
        if way > ways[level]:
            level -= 1
            continue
        row, deeper = levels.picked[level] + 0, level + 1
        for each in range(room.shape[1]):
            prices[deeper, each], room[deeper, each] = prices[level, each], room[level, each]
        if way < ways[level]:
            place = options[level, way] + 0
            levels.chosen[level] = columns[level, place]
            lost[deeper] = lost[level] + lacks[level, place]
        else:
            levels.chosen[level] = _NONE
            lost[deeper] = lost[level] + prices[level, row] * room[level, row]
            room[deeper, row] = prices[deeper, row] = 0
        if lost[deeper] > most:
            continue
        counts[deeper] = follow(
            table,
            columns[level],
            lacks[level],
            counts[level],
            options[level, : ways[level]],
            way,
            most - lost[deeper],
            columns[deeper],
            lacks[deeper],
            room[deeper],
        )
        level, arrived = deeper, True
    return best, 1

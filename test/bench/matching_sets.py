# SPDX-License-Identifier: Apache-2.0
"""Instances that are hard in one way each: what an auction, a flow or a shortest path may stumble over."""
import random

FAMILIES, SUPPORTERS, EACH = 10000, 2000, 45


def rows(chance, weigh, choose=None):
    """A row a family: distinct supporters with weights."""
    for family in range(FAMILIES):
        chosen = choose(family) if choose else chance.sample(range(SUPPORTERS), EACH)
        yield [(supporter, weigh(family, supporter)) for supporter in sorted(chosen)]


def unit(chance):
    """Every pair is worth the same: only how many are matched counts."""
    return rows(chance, lambda family, supporter: 1)


def coarse(chance):
    """Five different weights: nearly everything is tied."""
    return rows(chance, lambda family, supporter: chance.randint(1, 5))


def band(chance):
    """Each family knows its neighborhood alone: prices travel far."""
    width = 2 * EACH
    return rows(chance, lambda family, supporter: chance.randint(1, 1 << 20),
                lambda family: {(family * SUPPORTERS // FAMILIES + step) % SUPPORTERS
                                for step in chance.sample(range(width), EACH)})


def staircase(chance):
    """Each next supporter is worth a little more to all, each next family wants it a little less."""
    return rows(chance, lambda family, supporter: 1 + (FAMILIES - family) * supporter)


def dense(chance):
    """Everyone knows everyone, in a smaller world."""
    for _ in range(1500):
        yield [(supporter, chance.randint(1, 1 << 24)) for supporter in range(300)]


def hubs(chance):
    """Nine wishes in ten go to one supporter in twenty."""
    few = SUPPORTERS // 20

    def choose(_):
        chosen = set()
        while len(chosen) < EACH:
            chosen.add(chance.randrange(few) if chance.random() < 0.9 else chance.randrange(SUPPORTERS))
        return chosen
    return rows(chance, lambda family, supporter: chance.randint(1, 1000) + (5000 if supporter < few else 0),
                choose)


def perturbed(chance):
    """Popularity and a grain of something else, 0 to 3."""
    base = [chance.randint(1, 1 << 20) for _ in range(SUPPORTERS)]
    return rows(chance, lambda family, supporter: base[supporter] + chance.randint(0, 3))


def popularity(chance):
    """Popularity alone: what a supporter is worth to all, and nothing beside."""
    base = [chance.randint(1, 1 << 20) for _ in range(SUPPORTERS)]
    return rows(chance, lambda family, supporter: base[supporter])


SETS = (unit, coarse, band, staircase, dense, hubs, perturbed, popularity)


def write(path, kind, seed=1):
    """Writes an instance of this kind: places for four families in five."""
    chance = random.Random(seed)
    made = list(kind(chance))
    supporters = 1 + max(supporter for row in made for supporter, _ in row)
    capacity = [0] * supporters
    for _ in range(len(made) * 4 // 5):
        capacity[chance.randrange(supporters)] += 1
    with open(path, "w", encoding="ascii") as file:
        file.write(f"p bm {len(made)} {supporters} {sum(map(len, made))}\n")
        file.writelines(f"s {at + 1} {count}\n" for at, count in enumerate(capacity) if count != 1)
        for family, row in enumerate(made, 1):
            file.writelines(f"e {family} {supporter + 1} {weight}\n" for supporter, weight in row)

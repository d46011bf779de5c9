#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The same instance by scipy's sparse LAPJV: a column for each place, and one for each family to stay alone.

usage: matching_scipy.py FILE     prints one JSON object, like `beenthere match solve`

Run by the system's Python, which has Debian's python3-scipy. Seconds are the processor time of the one call;
reading and building the matrix are told apart.
"""
import json
import resource
import sys
import time

import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching


def read(path):
    capacity, rows = {}, []
    with open(path, encoding="ascii") as file:
        for line in file:
            if line[0] == "e":
                rows.append(line[2:])
            elif line[0] == "s":
                supporter, places = line[2:].split()
                capacity[int(supporter) - 1] = int(places)
            elif line[0] == "p":
                families, supporters = map(int, line.split()[2:4])
    pairs = numpy.fromstring(" ".join(rows), dtype=numpy.int64, sep=" ").reshape(-1, 3)
    places = numpy.ones(supporters, dtype=numpy.int64)
    for supporter, count in capacity.items():
        places[supporter] = count
    return families, places, pairs[pairs[:, 2] > 0]


def matrix_of(families, places, pairs):
    family, supporter, weight = pairs[:, 0] - 1, pairs[:, 1] - 1, pairs[:, 2]
    places = numpy.minimum(places, numpy.bincount(supporter, minlength=len(places)))
    first = numpy.concatenate([[0], numpy.cumsum(places)])
    copies = places[supporter]
    start = numpy.repeat(first[supporter] - numpy.concatenate([[0], numpy.cumsum(copies)[:-1]]), copies)
    column = start + numpy.arange(copies.sum())
    alone = numpy.arange(families)
    # An entry of 0 would be no entry: one more for all changes nothing, as every family takes one column.
    entries = numpy.concatenate([numpy.repeat(weight, copies) + 1, numpy.ones(families, dtype=numpy.int64)])
    rows = numpy.concatenate([numpy.repeat(family, copies), alone])
    columns = numpy.concatenate([column, first[-1] + alone])
    return csr_matrix((entries.astype(numpy.float64), (rows, columns)),
                      shape=(families, first[-1] + families))


def main():
    families, places, pairs = read(sys.argv[1])
    matrix = matrix_of(families, places, pairs)
    read_seconds, began = time.process_time(), time.process_time()
    rows, columns = min_weight_full_bipartite_matching(matrix, maximize=True)
    seconds = time.process_time() - began
    objective = int(numpy.asarray(matrix[rows, columns]).astype(numpy.int64).sum()) - families
    print(json.dumps({"objective": objective, "seconds": seconds, "read_seconds": read_seconds,
                      "most_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main()

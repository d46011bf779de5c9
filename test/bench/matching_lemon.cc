// SPDX-License-Identifier: Apache-2.0
// The same instance by LEMON's minimum cost flow: CostScaling or NetworkSimplex, in its leanest graph.
//
//     matching_lemon cost-scaling|network-simplex FILE      prints one JSON object, like `beenthere match solve`
//
// A family is a node that sends one unit: through a pair (cost -weight) and its supporter (as many as have places) to
// the sink, or straight to the sink (cost 0). Seconds are the processor time of the solver object's life; reading and
// building the graph are told apart.
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/static_graph.h>

#include <sys/resource.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace {

using Graph = lemon::StaticDigraph;

struct Network {
    int families = 0;
    int supporters = 0;
    long pairs = 0;
    Graph graph;
    std::vector<std::int32_t> cost; // by arc
    std::vector<std::int32_t> room; // by arc
};

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

long resident_kib_most() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

// Instances are written with the e lines of a family together and families rising, as arcs of a static graph must be.
bool network_read(const char *path, Network &network) {
    std::FILE *file = std::fopen(path, "r");
    if (file == nullptr) {
        return false;
    }
    std::vector<std::pair<int, int>> arcs;
    std::vector<std::int32_t> capacity;
    char line[256];
    int last = 0;
    const auto alone_until = [&](int family) { // the straight way of each family stands behind its pairs
        for (; last < family; last++) {
            arcs.emplace_back(last, network.families + network.supporters);
            network.cost.push_back(0);
            network.room.push_back(1);
        }
    };
    while (std::fgets(line, sizeof line, file) != nullptr) {
        long numbers[3] = {0, 0, 0};
        char *at = line + 1;
        if (line[0] == 'p') {
            at = std::strstr(line, "bm") + 2;
        }
        for (long &number : numbers) {
            number = std::strtol(at, &at, 10);
        }
        if (line[0] == 'p') {
            network.families = static_cast<int>(numbers[0]);
            network.supporters = static_cast<int>(numbers[1]);
            network.pairs = numbers[2];
            capacity.assign(static_cast<std::size_t>(numbers[1]), 1);
            const std::size_t most = static_cast<std::size_t>(numbers[0] + numbers[1] + numbers[2]);
            arcs.reserve(most);
            network.cost.reserve(most);
            network.room.reserve(most);
        } else if (line[0] == 's') {
            capacity[static_cast<std::size_t>(numbers[0] - 1)] = static_cast<std::int32_t>(numbers[1]);
        } else if (line[0] == 'e' && numbers[2] > 0) {
            alone_until(static_cast<int>(numbers[0]) - 1);
            arcs.emplace_back(static_cast<int>(numbers[0]) - 1, network.families + static_cast<int>(numbers[1]) - 1);
            network.cost.push_back(static_cast<std::int32_t>(-numbers[2]));
            network.room.push_back(1);
        }
    }
    std::fclose(file);
    alone_until(network.families);
    for (int supporter = 0; supporter < network.supporters; supporter++) {
        arcs.emplace_back(network.families + supporter, network.families + network.supporters);
        network.cost.push_back(0);
        network.room.push_back(capacity[static_cast<std::size_t>(supporter)]);
    }
    network.graph.build(network.families + network.supporters + 1, arcs.begin(), arcs.end());
    return true;
}

// A map of LEMON over a vector by arc.
template <typename Value> struct ArcVector {
    using Key = Graph::Arc;
    using Value_ = Value;
    const std::vector<Value> &values;
    Value operator[](const Graph::Arc &arc) const {
        return values[static_cast<std::size_t>(Graph::index(arc))];
    }
};

template <typename Solver> bool solve(Network &network, double &ret_seconds, long long &ret_cost) {
    const double began = processor_seconds();
    Solver solver(network.graph);
    Graph::NodeMap<int> supply(network.graph, 0);
    for (int family = 0; family < network.families; family++) {
        supply[network.graph.node(family)] = 1;
    }
    supply[network.graph.node(network.families + network.supporters)] = -network.families;
    solver.upperMap(ArcVector<std::int32_t>{network.room}).costMap(ArcVector<std::int32_t>{network.cost});
    solver.supplyMap(supply);
    std::vector<std::int32_t>().swap(network.cost); // the solver has its own copy
    std::vector<std::int32_t>().swap(network.room);
    const bool is_solved = solver.run() == Solver::OPTIMAL;
    ret_cost = is_solved ? static_cast<long long>(solver.template totalCost<long long>()) : 0;
    ret_seconds = processor_seconds() - began;
    return is_solved;
}

} // namespace

int main(int count, char **arguments) {
    Network network;
    if (count != 3 || !network_read(arguments[2], network)) {
        std::fputs("usage: matching_lemon cost-scaling|network-simplex FILE\n", stderr);
        return 2;
    }
    const double reading = processor_seconds();
    const long read_kib = resident_kib_most();
    double seconds = 0;
    long long cost = 0;
    const bool is_solved =
        std::string(arguments[1]) == "cost-scaling"
            ? solve<lemon::CostScaling<Graph, int, std::int64_t>>(network, seconds, cost)
            : solve<lemon::NetworkSimplex<Graph, int, std::int64_t>>(network, seconds, cost);
    if (!is_solved) {
        std::fputs("matching_lemon: not solved\n", stderr);
        return 1;
    }
    std::printf("{\"objective\":%lld,\"seconds\":%.6f,\"read_seconds\":%.6f,\"read_kib\":%ld,\"most_kib\":%ld}\n", -cost,
                seconds, reading, read_kib, resident_kib_most());
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Families bid up, supporters with a free place bid down, and the steps get smaller. */
#include "matching/auction.h"

#include <assert.h>
#include <stdbool.h>

/* Epsilon begins at FIRST_PART of the greatest weight, and each round at NEXT_PART of the one before, down
 * to LAST_PART or the smallest step there is; when asked again, down to AGAIN_PART of that. Prices begin a
 * round lower by so many times the epsilon before. Each of these may be half or twice as much without much
 * difference. */
enum { FIRST_PART = 16, NEXT_PART = 10, LAST_PART = 1 << 14, AGAIN_PART = 100, LOWER = 2 };

/* How many bidders ahead memory is asked for what they need. */
enum { NEAR_AHEAD = 3, FAR_AHEAD = 8 };

typedef struct Bid {
    int64_t amount;
    uint32_t family;
} Bid;

/* First in, first out, each at most once. */
typedef struct Queue {
    uint32_t *items;
    uint32_t size;
    uint32_t head;
    uint32_t count;
} Queue;

/* What a family has: its partner, or nobody: the supporter after the last, whose price is 0. */
typedef struct Seat {
    uint32_t supporter;
    int32_t weight;
} Seat;

/* The place that a family would rather have than any other, and what it would pay. */
typedef struct Wish {
    uint32_t family;
    Seat seat;
    int64_t amount;
} Wish;

/* What a supporter has. */
typedef struct Stall {
    uint32_t held;
    uint32_t capacity;
    uint32_t first; /* of its bids: a heap, the lowest at the root */
    bool is_queued;
} Stall;

struct Auction {
    Market *market;
    int64_t epsilon;
    int64_t last;    /* the epsilon to end at */
    int64_t lower;   /* what prices fall by before the next round */
    int64_t *prices; /* by supporter, and 0 for nobody */
    Seat *seats;     /* by family */
    Stall *stalls;   /* by supporter */
    Bid *bids;
    Queue families;   /* who have no partner and may want one */
    Queue supporters; /* who have a free place and may have a price */
    uint64_t looks;   /* that may still be made */
};

static void queue_put(Queue *queue, uint32_t item) {
    assert(queue->count < queue->size);
    const uint32_t at = queue->head + queue->count;
    queue->items[at < queue->size ? at : at - queue->size] = item;
    queue->count++;
}

static uint32_t queue_take(Queue *queue) {
    const uint32_t item = queue->items[queue->head];
    queue->head = queue->head + 1 < queue->size ? queue->head + 1 : 0;
    queue->count--;
    return item;
}

/* ---- bids of one supporter: a heap ---- */

static void bid_rise(Bid *bids, uint32_t at, Bid bid) {
    while (at > 0 && bids[(at - 1) / 2].amount > bid.amount) {
        bids[at] = bids[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    bids[at] = bid;
}

static void bid_sink(Bid *bids, uint32_t count, Bid bid) {
    uint32_t at = 0;
    for (uint32_t below = 1; below < count; below = 2 * at + 1) {
        if (below + 1 < count && bids[below + 1].amount < bids[below].amount) {
            below++;
        }
        if (bids[below].amount >= bid.amount) {
            break;
        }
        bids[at] = bids[below];
        at = below;
    }
    bids[at] = bid;
}

/* Takes a bid into a place that is free. */
static void bid_add(Auction *auction, uint32_t supporter, Bid bid) {
    Stall *stall = &auction->stalls[supporter];
    Bid *bids = auction->bids + stall->first;
    bid_rise(bids, stall->held++, bid);
    if (stall->held == stall->capacity) {
        auction->prices[supporter] = bids[0].amount;
    }
}

/* ---- families ---- */

static int64_t seat_value(const Auction *auction, Seat seat) {
    return seat.weight * auction->market->scale - auction->prices[seat.supporter];
}

static Seat seat_of_nobody(const Auction *auction) {
    return (Seat){.supporter = auction->market->supporters};
}

/* The best place there is for a family, and what it bids: as much as makes it as good as the next best.
 * Without branches in the loop: what is better than all before cannot be foreseen. */
static Wish family_wish(const Auction *auction, uint32_t family) {
    const Market *market = auction->market;
    const int64_t scale = market->scale;
    int64_t best = 0;
    int64_t second = 0;
    uint32_t chosen = MARKET_NONE;
    const uint32_t end = market->end[family];
    for (uint32_t pair = market->begin[family]; pair < end; pair++) {
        const int64_t value = market->weight[pair] * scale - auction->prices[market->supporter[pair]];
        const int64_t lower = value > best ? best : value;
        chosen = value > best ? pair : chosen;
        best = value > best ? value : best;
        second = lower > second ? lower : second;
    }
    if (chosen == MARKET_NONE) {
        return (Wish){.family = family, .seat = seat_of_nobody(auction)};
    }
    const uint32_t supporter = market->supporter[chosen];
    const int32_t weight = market->weight[chosen];
    __builtin_prefetch(&auction->bids[auction->stalls[supporter].first]);
    return (Wish){.family = family,
                  .seat = {.supporter = supporter, .weight = weight},
                  .amount = weight * scale - second + auction->epsilon};
}

/* Whoever has no place after a family made its bid: one who was outbid, the family itself when someone was
 * faster who bid more, or MARKET_NONE. */
static uint32_t family_bid(Auction *auction, const Wish *wish) {
    const uint32_t supporter = wish->seat.supporter;
    if (supporter == auction->market->supporters) {
        return MARKET_NONE;
    }
    const Bid bid = {.amount = wish->amount, .family = wish->family};
    const Stall stall = auction->stalls[supporter];
    if (stall.held < stall.capacity) {
        auction->seats[wish->family] = wish->seat;
        bid_add(auction, supporter, bid);
        return MARKET_NONE;
    }
    if (bid.amount <= auction->prices[supporter]) {
        return wish->family;
    }
    Bid *bids = auction->bids + stall.first;
    const uint32_t outbid = bids[0].family;
    bid_sink(bids, stall.held, bid);
    auction->prices[supporter] = bids[0].amount;
    auction->seats[wish->family] = wish->seat;
    auction->seats[outbid] = seat_of_nobody(auction);
    return outbid;
}

/* Asks memory for what those need who bid soon. */
static void families_expect(const Auction *auction) {
    const Queue *queue = &auction->families;
    const Market *market = auction->market;
    if (queue->count > FAR_AHEAD && queue->head + FAR_AHEAD < queue->size) {
        __builtin_prefetch(&market->begin[queue->items[queue->head + FAR_AHEAD]]);
        market_expect(market, queue->items[queue->head + NEAR_AHEAD]);
    }
}

/* Until everyone has a place or wants none. False when the looks are used up. The next family forms its
 * wish before the bid of the last is made, so that memory has time to bring what the bid needs; prices only
 * rise meanwhile, and a bid that is still above the price still is no more than the place is worth to the
 * family. */
static bool families_bid(Auction *auction) {
    const Market *market = auction->market;
    Wish last = {.seat = seat_of_nobody(auction)};
    while (auction->families.count > 0 || last.seat.supporter != market->supporters) {
        Wish wish = {.seat = seat_of_nobody(auction)};
        if (auction->families.count > 0) {
            families_expect(auction);
            const uint32_t family = queue_take(&auction->families);
            const uint32_t looks = market->end[family] - market->begin[family];
            if (auction->looks < looks) {
                return false;
            }
            auction->looks -= looks;
            wish = family_wish(auction, family);
        }
        const uint32_t outbid = family_bid(auction, &last);
        if (outbid != MARKET_NONE) {
            queue_put(&auction->families, outbid);
        }
        last = wish;
    }
    return true;
}

/* ---- supporters ---- */

static void supporter_queue(Auction *auction, uint32_t supporter) {
    Stall *stall = &auction->stalls[supporter];
    if (!stall->is_queued && stall->held < stall->capacity && auction->prices[supporter] > 0) {
        stall->is_queued = true;
        queue_put(&auction->supporters, supporter);
    }
}

/* A supporter with a free place asks the family that would gain most, for as much less as the next would
 * gain; or has no price any more. */
static void supporter_bid(Auction *auction, uint32_t supporter) {
    const Market *market = auction->market;
    const int64_t scale = market->scale;
    int64_t best = 0; /* the price at which the best would come */
    int64_t second = 0;
    uint32_t chosen = MARKET_NONE;
    const uint32_t end = market->comer_end[supporter];
    for (uint32_t at = market->comer_begin[supporter]; at < end; at++) {
        const MarketComer comer = market->comer[at];
        const Seat seat = auction->seats[comer.family];
        const int64_t price =
            seat.supporter == supporter ? 0 : comer.weight * scale - seat_value(auction, seat);
        const int64_t lower = price > best ? best : price;
        chosen = price > best ? at : chosen;
        best = price > best ? price : best;
        second = lower > second ? lower : second;
    }
    if (best < auction->epsilon) {
        auction->prices[supporter] = 0;
        return;
    }
    const MarketComer comer = market->comer[chosen];
    const uint32_t before = auction->seats[comer.family].supporter;
    const int64_t price = second > auction->epsilon ? second - auction->epsilon : 0;
    auction->prices[supporter] = price < auction->prices[supporter] ? price : auction->prices[supporter];
    auction->seats[comer.family] = (Seat){.supporter = supporter, .weight = comer.weight};
    auction->stalls[supporter].held++;
    supporter_queue(auction, supporter);
    if (before != market->supporters) {
        auction->stalls[before].held--;
        supporter_queue(auction, before);
    }
}

/* Until no free place has a price. The bids of families are void afterwards. False when the looks are used
 * up. */
static bool supporters_bid(Auction *auction) {
    const Market *market = auction->market;
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        supporter_queue(auction, supporter);
    }
    while (auction->supporters.count > 0) {
        const uint32_t supporter = queue_take(&auction->supporters);
        auction->stalls[supporter].is_queued = false;
        const uint32_t looks = market->comer_end[supporter] - market->comer_begin[supporter];
        if (auction->looks < looks) {
            return false;
        }
        auction->looks -= looks;
        supporter_bid(auction, supporter);
    }
    return true;
}

/* ---- rounds ---- */

/* The greatest value of a family at any other supporter than its own, or alone. */
static int64_t elsewhere(const Auction *auction, uint32_t family) {
    const Market *market = auction->market;
    const uint32_t own = auction->seats[family].supporter;
    const uint32_t end = market->end[family];
    int64_t best = 0;
    for (uint32_t pair = market->begin[family]; pair < end; pair++) {
        const uint32_t supporter = market->supporter[pair];
        const int64_t value = market->weight[pair] * market->scale - auction->prices[supporter];
        best = value > best && supporter != own ? value : best;
    }
    return best;
}

/* Prices begin somewhat lower than they ended: families find the right price upwards sooner than supporters
 * downwards. Whoever is content within the new epsilon bids again for the place it has; the others go and
 * look. */
static void round_begin(Auction *auction) {
    const Market *market = auction->market;
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        auction->stalls[supporter].held = 0;
        if (market->capacity[supporter] > 0) {
            int64_t *price = &auction->prices[supporter];
            *price = *price > auction->lower ? *price - auction->lower : 0;
        }
    }
    for (uint32_t family = 0; family < market->families; family++) {
        const Seat seat = auction->seats[family];
        const int64_t second = elsewhere(auction, family);
        if (seat.supporter != market->supporters) {
            const int64_t amount = seat.weight * market->scale - second + auction->epsilon;
            if (amount >= auction->prices[seat.supporter]) {
                bid_add(auction, seat.supporter, (Bid){.amount = amount, .family = family});
                continue;
            }
            auction->seats[family] = seat_of_nobody(auction);
        }
        if (second > 0) {
            queue_put(&auction->families, family);
        }
    }
}

/* Takes over who has a place where, and the prices. */
static void market_take(Auction *auction) {
    Market *market = auction->market;
    memcpy(auction->prices, market->price, market->supporters * sizeof(market->price[0]));
    for (uint32_t family = 0; family < market->families; family++) {
        auction->seats[family] = seat_of_nobody(auction);
        if (market->partner[family] != MARKET_NONE) {
            auction->seats[family] =
                (Seat){.supporter = market->partner[family], .weight = market->gain[family]};
            market_leave(market, family);
        }
    }
}

/* Tells the market who has a place where, and at what price. */
static void market_tell(const Auction *auction) {
    Market *market = auction->market;
    memcpy(market->price, auction->prices, market->supporters * sizeof(market->price[0]));
    for (uint32_t family = 0; family < market->families; family++) {
        const Seat seat = auction->seats[family];
        if (seat.supporter != market->supporters) {
            market_join(market, family, seat.supporter, seat.weight);
        }
    }
}

/* How many bids a supporter may hold: no more than have a pair with it. */
static uint32_t bids_of(const Market *market, uint32_t supporter) {
    const uint32_t comers = market->comer_end[supporter] - market->comer_begin[supporter];
    return market->capacity[supporter] < comers ? market->capacity[supporter] : comers;
}

static uint32_t bids_count(const Market *market) {
    uint32_t count = 0;
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        count += bids_of(market, supporter);
    }
    return count;
}

Auction *auction_new(Arena *scratch, Market *market, int32_t dearest, uint64_t looks) {
    Auction *auction = NEW(scratch, Auction);
    const int64_t whole = dearest * market->scale;
    *auction = (Auction){
        .market = market,
        .epsilon = whole / FIRST_PART,
        .last = whole / LAST_PART > 1 ? whole / LAST_PART : 1,
        .looks = looks,
        .prices = NEW_MANY(scratch, (size_t)market->supporters + 1, int64_t),
        .seats = NEW_MANY(scratch, market->families, Seat),
        .stalls = NEW_MANY(scratch, market->supporters, Stall),
        .bids = NEW_MANY(scratch, bids_count(market), Bid),
        .families = {.items = NEW_MANY(scratch, market->families, uint32_t), .size = market->families},
        .supporters = {.items = NEW_MANY(scratch, market->supporters, uint32_t), .size = market->supporters},
    };
    uint32_t first = 0;
    for (uint32_t supporter = 0; supporter < market->supporters; supporter++) {
        auction->stalls[supporter] = (Stall){.capacity = market->capacity[supporter], .first = first};
        first += bids_of(market, supporter);
        /* Who takes nobody is too dear for everyone. */
        market->price[supporter] = market->capacity[supporter] == 0 ? whole : 0;
    }
    return auction;
}

bool auction_run(Auction *auction) {
    market_take(auction);
    bool is_over = false;
    for (; !is_over; auction->epsilon /= NEXT_PART) {
        auction->epsilon = auction->epsilon > auction->last ? auction->epsilon : auction->last;
        round_begin(auction);
        const bool has_looks = families_bid(auction) && supporters_bid(auction);
        auction->looks = has_looks ? auction->looks : 0;
        is_over = !has_looks || auction->epsilon / 2 < auction->last;
        auction->lower = LOWER * auction->epsilon;
    }
    const bool has_more = auction->looks > 0 && auction->last > 1;
    auction->last = auction->last / AGAIN_PART > 1 ? auction->last / AGAIN_PART : 1;
    market_tell(auction);
    return has_more;
}

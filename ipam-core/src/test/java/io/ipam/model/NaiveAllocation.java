package io.ipam.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.AllocationResult;
import io.ipam.address.Address;
import io.ipam.allocation.Allocation;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.allocation.RefusalReason;
import io.ipam.owner.Owner;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes the required refusal or addresses of a request by trying every assignment. If the
 * contract leaves a choice, it checks that the result is allowed. Then it applies the result to the
 * facts.
 */
final class NaiveAllocation {
    private final Facts facts;
    private final Resolution resolution;
    private final Owner owner;
    private final List<Facts.Held> released = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    /** The given addresses of a demand, by pool. */
    private final Map<String, List<Address>> given = new HashMap<>();

    private record Wish(
            int demand,
            List<Facts.Held> kept,
            List<String> candidates,
            @Nullable Address given,
            @Nullable String from) {
        boolean isOpen() {
            return kept.isEmpty() && from == null;
        }
    }

    NaiveAllocation(Facts facts, Resolution resolution) {
        this.facts = facts;
        this.resolution = resolution;
        this.owner = resolution.workload().owner();
    }

    void check(AllocationResult actual) {
        Optional<RefusalReason> refusal = refusal();
        if (refusal.isPresent()) {
            assertTrue(actual instanceof AllocationResult.Refused, () -> "expected " + refusal + ", got " + actual);
            assertEquals(refusal.get(), ((AllocationResult.Refused) actual).reason());
            return;
        }
        if (actual instanceof AllocationResult.Refused refused) {
            throw new AssertionError("refused though an assignment exists: " + refused.message());
        }
        accept(((AllocationResult.Allocated) actual).allocations());
    }

    private Optional<RefusalReason> refusal() {
        if (!resolution.problems().isEmpty()) {
            return Optional.of(RefusalReason.INVALID_REQUEST);
        }
        if (resolution.demands().stream().anyMatch(DemandResolution.Unserved.class::isInstance)) {
            return Optional.of(RefusalReason.NO_CANDIDATE);
        }
        if (facts.held.values().stream().anyMatch(h -> isOtherKind(h.owner()))) {
            return Optional.of(RefusalReason.OWNER_CONFLICT);
        }
        for (Holding holding : resolution.releases()) {
            released.add(facts.held.get(holding.address()));
        }
        for (int i = 0; i < resolution.demands().size(); i++) {
            Wish wish = wish(i);
            if (wish == null) {
                return Optional.of(RefusalReason.CONFLICT);
            }
            wishes.add(wish);
        }
        return lowestPrice(0, new HashMap<>()) < 0 ? Optional.of(RefusalReason.EXHAUSTED) : Optional.empty();
    }

    /** A request of a stateless owner that is served as stateful, or the reverse. */
    private boolean isOtherKind(Owner holder) {
        return holder.stateful() != owner.stateful()
                && List.of(holder.namespace(), holder.name(), holder.uid())
                        .equals(List.of(owner.namespace(), owner.name(), owner.uid()));
    }

    /** Null for a conflict. */
    private @Nullable Wish wish(int index) {
        DemandResolution demand = resolution.demands().get(index);
        Address address = givenTo(demand);
        if (demand instanceof DemandResolution.Held keeps) {
            List<Facts.Held> kept = keeps.holdings().stream()
                    .map(holding -> facts.held.get(holding.address()))
                    .toList();
            boolean fits =
                    address == null || kept.stream().anyMatch(h -> h.address().equals(address));
            return fits ? new Wish(index, kept, List.of(), address, null) : null;
        }
        List<String> candidates = ((DemandResolution.Candidates) demand)
                .candidates().stream().map(c -> c.pool().name()).toList();
        if (address == null) {
            return new Wish(index, List.of(), candidates, null, null);
        }
        for (String pool : candidates) {
            if (facts.pool(pool).addresses().contains(address) && isToBeHad(pool, address)) {
                given.computeIfAbsent(pool, p -> new ArrayList<>()).add(address);
                return new Wish(index, List.of(), candidates, address, pool);
            }
        }
        return null;
    }

    private boolean isToBeHad(String pool, Address address) {
        if (!facts.isUsable(pool, address)) {
            return false;
        }
        Facts.Held holder = facts.held.get(address);
        if (holder != null) {
            return released.contains(holder);
        }
        return facts.cooling.stream()
                .filter(entry -> entry.pool().equals(pool) && entry.address().equals(address))
                .allMatch(entry -> entry.lastOwner().isSameAs(owner));
    }

    private @Nullable Address givenTo(DemandResolution demand) {
        for (PoolSelections.GivenAddress wanted : resolution.selections().given()) {
            if (wanted.interfaceName().equals(demand.interfaceName())
                    && wanted.address().family() == demand.family()) {
                return wanted.address();
            }
        }
        return null;
    }

    private List<Address> free(String pool) {
        List<Address> free = new ArrayList<>(facts.free(pool));
        free.removeAll(given.getOrDefault(pool, List.of()));
        return free;
    }

    /** The free addresses that are static, or those that are not. */
    private List<Address> free(String pool, boolean isStatic) {
        return free(pool).stream()
                .filter(a -> facts.pool(pool).staticAddresses().contains(a) == isStatic)
                .toList();
    }

    /**
     * The price of the addresses of all pools: one recycled address is more expensive than all
     * static ones.
     */
    private int price(Map<String, Integer> taken) {
        int price = 0;
        for (Map.Entry<String, Integer> entry : taken.entrySet()) {
            int free = free(entry.getKey()).size();
            int statics = free(entry.getKey(), true).size();
            price += Math.min(statics, Math.max(0, entry.getValue() - (free - statics)));
            price += 100 * Math.max(0, entry.getValue() - free);
        }
        return price;
    }

    /**
     * The cooling addresses, oldest first, then those that this request releases, except given
     * ones.
     */
    private List<Address> recycled(String pool) {
        List<Address> recycled = new ArrayList<>();
        facts.coolingUsable(pool).forEach(entry -> recycled.add(entry.address()));
        released.stream()
                .filter(h -> h.pool().equals(pool) && facts.isUsable(pool, h.address()))
                .forEach(h -> recycled.add(h.address()));
        recycled.removeAll(given.getOrDefault(pool, List.of()));
        return recycled;
    }

    /** The lowest price of all assignments of the demands from a given one; -1 if there is none. */
    private int lowestPrice(int from, Map<String, Integer> taken) {
        if (from == wishes.size()) {
            return price(taken);
        }
        if (!wishes.get(from).isOpen()) {
            return lowestPrice(from + 1, taken);
        }
        int best = -1;
        for (String pool : wishes.get(from).candidates) {
            int now = taken.getOrDefault(pool, 0);
            if (now < free(pool).size() + recycled(pool).size()) {
                taken.put(pool, now + 1);
                int found = lowestPrice(from + 1, taken);
                taken.put(pool, now);
                best = found >= 0 && (best < 0 || found < best) ? found : best;
            }
        }
        return best;
    }

    private void accept(List<Allocation> allocations) {
        checkGreedy(allocations);
        Map<String, Integer> taken = new HashMap<>();
        List<Facts.Held> news = new ArrayList<>();
        int at = 0;
        for (Wish wish : wishes) {
            for (Facts.Held kept : wish.kept) {
                acceptKept(wish, kept, allocations.get(at++));
            }
            if (wish.kept.isEmpty()) {
                news.add(acceptNew(wish, allocations.get(at++), taken));
            }
        }
        assertEquals(at, allocations.size());
        assertEquals(lowestPrice(0, new HashMap<>()), price(taken), "price of static and recycled addresses");
        released.forEach(facts::release);
        news.forEach(facts::hold);
    }

    private void acceptKept(Wish wish, Facts.Held kept, Allocation answer) {
        checkFacts(wish, kept.pool(), answer);
        assertEquals(kept.address(), answer.address());
        boolean isRenewed = !kept.owner().uid().equals(owner.uid());
        if (isRenewed) {
            checkNewGeneration(answer.generation());
        } else {
            assertEquals(kept.generation(), answer.generation());
        }
        facts.held.put(
                kept.address(),
                new Facts.Held(
                        kept.pool(),
                        kept.address(),
                        isRenewed ? owner : kept.owner(),
                        answer.interfaceName(),
                        answer.generation()));
    }

    private Facts.Held acceptNew(Wish wish, Allocation answer, Map<String, Integer> taken) {
        checkFacts(wish, answer.pool(), answer);
        checkNewGeneration(answer.generation());
        if (wish.from != null) {
            assertEquals(wish.from, answer.pool());
            assertEquals(wish.given, answer.address());
        } else {
            assertTrue(wish.candidates.contains(answer.pool()), () -> answer + " is of no candidate");
            checkAddress(answer, taken.merge(answer.pool(), 1, Integer::sum) - 1);
        }
        return new Facts.Held(answer.pool(), answer.address(), owner, answer.interfaceName(), answer.generation());
    }

    private void checkAddress(Allocation answer, int nth) {
        int ordinary = free(answer.pool(), false).size();
        int free = free(answer.pool()).size();
        if (nth >= free) {
            assertEquals(recycled(answer.pool()).get(nth - free), answer.address(), "recycled");
        } else if (nth >= ordinary) {
            checkFree(answer, free(answer.pool(), true), nth - ordinary);
        } else {
            checkFree(answer, free(answer.pool(), false), nth);
        }
    }

    private void checkFree(Allocation answer, List<Address> free, int nth) {
        if (facts.order == AllocationOrder.LOWEST) {
            assertEquals(free.get(nth), answer.address(), "lowest");
        } else if (facts.order == AllocationOrder.NEXT) {
            assertEquals(circular(free, answer.pool()).get(nth), answer.address(), "next");
        } else {
            assertTrue(free.contains(answer.address()), () -> answer + " is not free");
        }
    }

    private List<Address> circular(List<Address> free, String pool) {
        Address last = facts.lastGranted.get(pool);
        List<Address> circular = new ArrayList<>();
        free.stream().filter(a -> last == null || a.compareTo(last) > 0).forEach(circular::add);
        free.stream().filter(a -> last != null && a.compareTo(last) <= 0).forEach(circular::add);
        return circular;
    }

    private void checkNewGeneration(long generation) {
        assertTrue(facts.generations.add(generation), () -> "old generation " + generation);
        facts.lastGeneration = Math.max(generation, facts.lastGeneration);
    }

    private void checkFacts(Wish wish, String pool, Allocation answer) {
        DemandResolution demand = resolution.demands().get(wish.demand);
        assertEquals(pool, answer.pool());
        assertEquals(owner, answer.owner());
        assertEquals(demand.interfaceName(), answer.interfaceName());
        assertEquals(demand.family(), answer.family());
        assertEquals(facts.pool(pool).subnet().length(), answer.prefixLength());
        assertEquals(facts.pool(pool).gateway(), answer.gateway());
    }

    /**
     * If the first candidates with a free address that is not static serve every demand, they must
     * do so.
     */
    private void checkGreedy(List<Allocation> allocations) {
        Map<String, Integer> taken = new HashMap<>();
        List<String> greedy = new ArrayList<>();
        for (Wish wish : wishes) {
            if (wish.isOpen()) {
                Optional<String> first = wish.candidates.stream()
                        .filter(pool ->
                                taken.getOrDefault(pool, 0) < free(pool, false).size())
                        .findFirst();
                if (first.isEmpty()) {
                    return;
                }
                taken.merge(first.get(), 1, Integer::sum);
                greedy.add(first.get());
            } else if (wish.kept.isEmpty()) {
                greedy.add(wish.from);
            } else {
                wish.kept.forEach(kept -> greedy.add(kept.pool()));
            }
        }
        assertEquals(greedy, allocations.stream().map(Allocation::pool).toList(), "first candidates");
    }
}

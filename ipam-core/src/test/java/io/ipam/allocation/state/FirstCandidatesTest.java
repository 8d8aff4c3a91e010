package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The usual case is answered as the search for an assignment answers it, and every other case is left to that. */
class FirstCandidatesTest {
    private static final int POOLS = 6;
    private static final int REQUESTS = 2_000;

    private final MemoryState state = new MemoryState(catalog(), new StateSettings(0, null));
    private final Random random = new Random(7);
    private final List<Owner> holders = new ArrayList<>();
    private int servedAtOnce;
    private int leftToTheSearch;

    /** Pools of three sizes: two of them are full now and then. */
    private static PoolCatalog catalog() {
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < POOLS; i++) {
            String net = "10.0." + i + ".";
            pools.add(Pool.builder("pool-" + i, net + "0/24")
                    .ips(net + "10-" + net + (10 + 3 * (i + 1) * (i + 1)))
                    .excludeIps(net + "11")
                    .build());
        }
        return PoolCatalog.of(pools.toArray(Pool[]::new));
    }

    private Definition pool(int number) {
        return requireNonNull(state.live().pool("pool-" + number));
    }

    private Request.Demand demand(int index) {
        List<Definition> candidates = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            Definition candidate = pool(random.nextInt(POOLS));
            if (!candidates.contains(candidate)) {
                candidates.add(candidate);
            }
        }
        return new Request.Demand("net" + index, Family.IPV4, List.of(), candidates, null);
    }

    private Request request(Owner owner) {
        List<Request.Demand> demands = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            demands.add(demand(i));
        }
        return new Request(owner, state.live(), demands, List.of(), List.of());
    }

    /** Decides both ways, compares, and keeps what the search has found. */
    private Step<GrantOutcome> decideTwice(
            Request request, AllocationOrder order, StateReader in, ChangeSet out, long bits) {
        ChangeSet first = new ChangeSet();
        List<OwnedRecord> atOnce = FirstCandidates.grants(request, order, bits, in, first);
        Step<GrantOutcome> step = new GrantDraft(request, order, bits, in, in.owned()).decide(out);
        if (atOnce == null) {
            leftToTheSearch++;
            assertEquals(0, first.size());
            return step;
        }
        servedAtOnce++;
        Step.Done<?> done = assertInstanceOf(Step.Done.class, step);
        GrantOutcome.Granted granted = assertInstanceOf(GrantOutcome.Granted.class, done.result());
        assertEquals(withoutTokens(granted.grants()), withoutTokens(atOnce));
        assertEquals(out.size(), first.size());
        for (int i = 0; i < first.size(); i++) {
            assertEquals(out.kind(i), first.kind(i));
            assertEquals(atOnce.get(i), first.record(i));
            assertEquals(atOnce.get(0).generation() + i, atOnce.get(i).generation());
        }
        return step;
    }

    private static List<OwnedRecord> withoutTokens(List<OwnedRecord> records) {
        return records.stream()
                .map(record -> record.renewed(record.owner(), record.interfaceName(), 0))
                .toList();
    }

    private void releaseOne() {
        Owner owner = holders.remove(random.nextInt(holders.size()));
        state.transact(Footprint.of(owner), ReleaseDecision.ofAll(owner, 0), 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void answersAsTheSearchDoes(AllocationOrder order) {
        for (int i = 0; i < REQUESTS; i++) {
            Owner owner = Owner.stateless("shop", "cart-" + i, "uid-" + i);
            Request request = request(owner);
            long bits = random.nextLong();
            GrantOutcome outcome = state.transact(
                    new GrantDecision(request, order, 0).firstFootprint(),
                    (in, out, now, same) -> decideTwice(request, order, in, out, same),
                    0,
                    bits);
            if (outcome instanceof GrantOutcome.Granted) {
                holders.add(owner);
            }
            if (holders.size() > 40) {
                releaseOne();
            }
        }
        assertTrue(servedAtOnce > REQUESTS / 5, servedAtOnce + " at once");
        assertTrue(leftToTheSearch > REQUESTS / 5, leftToTheSearch + " left");
        assertEquals(List.of(), state.verify());
    }

    @Test
    void whatAsksForAnAddressOrHoldsSomethingIsAnotherCase() {
        Owner owner = Owner.stateless("shop", "cart-0", "uid");
        Address given = Address.parse("10.0.0.10");
        Request.Demand any = new Request.Demand("eth0", Family.IPV4, List.of(), List.of(pool(0)), null);
        Request.Demand one = new Request.Demand("net1", Family.IPV4, List.of(), List.of(pool(1)), given);
        Request.Demand none = new Request.Demand("net1", Family.IPV4, List.of(), List.of(), null);
        assertNotNull(atOnce(owner, List.of(any)));
        assertNull(atOnce(owner, List.of(any, one)));
        assertNull(atOnce(owner, List.of(any, none)));
        assertNull(atOnce(owner, List.of(any, any)));
        assertNull(atOnce(owner, List.of()));
    }

    private @Nullable List<OwnedRecord> atOnce(Owner owner, List<Request.Demand> demands) {
        Request request = new Request(owner, state.live(), demands, List.of(), List.of());
        AtomicReference<@Nullable List<OwnedRecord>> answer = new AtomicReference<>();
        state.transact(
                new GrantDecision(request, AllocationOrder.LOWEST, 0).firstFootprint(),
                (in, out, now, bits) -> {
                    answer.set(FirstCandidates.grants(request, AllocationOrder.LOWEST, bits, in, new ChangeSet()));
                    return new Step.Done<>(true);
                },
                0,
                0);
        return answer.get();
    }
}

package io.ipam.engine.decision;

import static io.ipam.fixture.Owners.CART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.AllocationOrder;
import io.ipam.allocation.Holding;
import io.ipam.engine.EngineFixture;
import io.ipam.fixture.PlainRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** The fast path decides common requests like the search, and leaves all others to the search. */
class FastPathTest {
    private static final int POOLS = 6;
    private static final int REQUESTS = 200;

    private final EngineFixture fixture = new EngineFixture(
            0, IntStream.range(0, POOLS).mapToObj(FastPathTest::pool).toArray(Pool[]::new));
    private int decided;
    private int left;

    /** Small pools are sometimes full. */
    private static Pool pool(int number) {
        String net = "10.0." + number + ".";
        return Pool.builder("pool-" + number, net + "0/24")
                .ips(net + "10-" + net + (10 + 3 * (number + 1) * (number + 1)))
                .excludeIps(net + "11")
                .staticIps(number % 2 == 0 ? List.of() : List.of(net + "12-" + net + "15"))
                .build();
    }

    private List<Pool> pools(int... numbers) {
        return IntStream.of(numbers)
                .distinct()
                .mapToObj(number -> fixture.catalog().pool("pool-" + number).orElseThrow())
                .toList();
    }

    private PlainRequest.Demand demand(int index, Random random) {
        int[] numbers = random.ints(1 + random.nextInt(2), 0, POOLS).toArray();
        return PlainRequest.demand("net" + index, pools(numbers));
    }

    private PlainRequest request(Owner owner, Random random) {
        return PlainRequest.of(
                owner,
                fixture.catalog(),
                IntStream.rangeClosed(0, random.nextInt(4))
                        .mapToObj(i -> demand(i, random))
                        .toArray(PlainRequest.Demand[]::new));
    }

    /** Decides both ways, compares, and applies the result of the search. */
    private Step<GrantOutcome> decideTwice(
            PlainRequest request, AllocationOrder order, long bits, DecisionView in, List<Change> out) {
        List<Change> fast = new ArrayList<>();
        List<GrantOutcome.Grant> grants = FastPath.grants(request, order, bits, in, fast);
        Step<GrantOutcome> step = new GrantPlan(request, order, bits, in, new HeldRecords(in.held())).decide(out);
        if (grants == null) {
            left++;
            assertEquals(List.of(), fast);
            return step;
        }
        decided++;
        Step.Done<?> done = assertInstanceOf(Step.Done.class, step);
        List<GrantOutcome.Grant> searched =
                assertInstanceOf(GrantOutcome.Granted.class, done.result()).grants();
        assertEquals(withoutGenerations(out), withoutGenerations(fast));
        for (int i = 0; i < grants.size(); i++) {
            GrantOutcome.Grant grant = grants.get(i);
            assertEquals(searched.get(i).address(), grant.address());
            assertEquals(searched.get(i).pool(), grant.pool());
            assertEquals(grants.get(0).generation() + i, grant.generation());
            assertEquals(GrantOutcome.Grant.of(fast.get(i).record()), grant);
        }
        return step;
    }

    private static List<Change> withoutGenerations(List<Change> changes) {
        return changes.stream()
                .map(Change::record)
                .<Change>map(record -> new Change.Grant(
                        new HeldRecord(record.pool(), record.address(), record.owner(), record.interfaceName(), 0)))
                .toList();
    }

    @Property(tries = 40)
    void grants_anyRequests_equalThoseOfTheSearch(@ForAll AllocationOrder order, @ForAll long seed) {
        Random random = new Random(seed);
        List<Owner> holders = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Owner owner = Owner.stateless("shop", "cart-" + i, "uid-" + i);
            PlainRequest request = request(owner, random);
            GrantOutcome outcome = decide(request, order, random.nextLong());
            if (outcome instanceof GrantOutcome.Granted) {
                holders.add(owner);
            }
            if (holders.size() > 40) {
                fixture.release(holders.remove(random.nextInt(holders.size())));
            }
        }
        assertTrue(decided > REQUESTS / 10, decided + " decided");
        assertTrue(left > REQUESTS / 10, left + " left");
        assertEquals(List.of(), fixture.verify());
    }

    private GrantOutcome decide(PlainRequest request, AllocationOrder order, long bits) {
        return fixture.resultOf(
                request.owner(), startingAsGrants(request, (in, out) -> decideTwice(request, order, bits, in, out)));
    }

    /** A transition whose first view is that of a grant. */
    private static <R> Transition<R> startingAsGrants(PlainRequest request, Transition<R> body) {
        GrantDecision decision = new GrantDecision(request, AllocationOrder.LOWEST, 0);
        return new Transition<>() {
            @Override
            public List<PoolBinding> firstPools(DecisionView in) {
                return decision.firstPools(in);
            }

            @Override
            public Step<R> decide(DecisionView in, List<Change> out) {
                return body.decide(in, out);
            }
        };
    }

    @Example
    void grants_unusualRequest_isNull() {
        PlainRequest.Demand any = PlainRequest.demand("eth0", pools(0));
        PlainRequest.Demand given = PlainRequest.given("net1", "10.0.1.10", pools(1));
        PlainRequest.Demand other = PlainRequest.demand("net1", pools(1));
        assertNotNull(grants(List.of(), any));
        assertNotNull(grants(List.of(), any, other));
        assertNull(grants(List.of(), any, given));
        assertNull(grants(List.of(), any, any));
        fixture.grant(PlainRequest.of(Owner.stateless("shop", "cart-1", "v"), fixture.catalog(), any));
        Holding held = fixture.heldBy(Owner.stateless("shop", "cart-1", "v")).get(0);
        assertNull(grants(List.of(held), any));
        assertNull(grants(List.of(), any, PlainRequest.keeping("net1", held)));
    }

    private @Nullable List<GrantOutcome.Grant> grants(List<Holding> released, PlainRequest.Demand... demands) {
        PlainRequest request = new PlainRequest(CART, fixture.catalog(), List.of(demands), released, List.of());
        AtomicReference<@Nullable List<GrantOutcome.Grant>> grants = new AtomicReference<>();
        fixture.resultOf(CART, startingAsGrants(request, (in, out) -> {
            grants.set(FastPath.grants(request, AllocationOrder.LOWEST, 0, in, new ArrayList<>()));
            return new Step.Done<>(true);
        }));
        return grants.get();
    }
}

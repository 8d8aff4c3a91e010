package io.ipam.resolution;

import static io.ipam.fixture.Owners.CART;
import static io.ipam.fixture.Pools.pool;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pools, workloads, and views for the tests of this package. */
final class Requests {
    static final PoolResolver RESOLVER = PoolResolver.of(ResolverSettings.defaults());

    private Requests() {}

    static Workload cart() {
        return Workload.of(CART);
    }

    static PoolSelections pod(String... names) {
        return PoolSelections.none().withPod(PoolNames.of(Family.IPV4, names));
    }

    static PoolNames names(List<String> v4, List<String> v6) {
        return PoolNames.of(Family.IPV4, v4).with(Family.IPV6, v6);
    }

    static List<InterfaceRequest> interfaces(String... names) {
        return Arrays.stream(names).map(InterfaceRequest::of).toList();
    }

    static Resolution resolve(PoolSelections selections, Pool... pools) {
        return RESOLVER.resolve(cart(), selections, PoolCatalog.of(pools), UsageView.none());
    }

    static List<String> candidates(DemandResolution demand) {
        return demand instanceof DemandResolution.Candidates candidates
                ? candidates.candidates().stream()
                        .map(candidate -> candidate.pool().name())
                        .toList()
                : List.of();
    }

    static List<String> rejected(DemandResolution demand) {
        return demand.rejections().stream().map(Rejection::pool).toList();
    }

    static Holding holding(String interfaceName, String pool, String address, String uid) {
        Address parsed = Address.parse(address);
        return new Holding(interfaceName, parsed.family(), pool, parsed, 1, uid);
    }

    static UsageView holds(Holding... holdings) {
        return new View(List.of(holdings), Set.of());
    }

    static UsageView full(String... pools) {
        return new View(List.of(), Set.of(pools));
    }

    record View(List<Holding> holdings, Set<String> full) implements UsageView {
        @Override
        public List<Holding> heldBy(Owner owner) {
            return holdings;
        }

        @Override
        public Optional<PoolUsage> usage(String pool) {
            boolean isFull = full.contains(pool);
            return Optional.of(new PoolUsage(
                    pool,
                    BigInteger.TEN,
                    isFull ? 10 : 0,
                    0,
                    BigInteger.ZERO,
                    isFull ? BigInteger.ZERO : BigInteger.TEN,
                    BigInteger.ZERO,
                    0));
        }
    }

    static Map<String, String> labels(String... pairs) {
        Map<String, String> labels = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            labels.put(pairs[i], pairs[i + 1]);
        }
        return labels;
    }
}

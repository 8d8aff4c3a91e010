package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.pool.Route;
import java.util.List;
import java.util.Optional;

/**
 * A fact that dropped no pool.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface Note {
    /** {@return the note as a sentence without a full stop} */
    String text();

    private static String shown(List<String> names) {
        int shown = Math.min(5, names.size());
        String more = names.size() > shown ? " and " + (names.size() - shown) + " more" : "";
        return String.join(", ", names.subList(0, shown)) + more;
    }

    /**
     * A candidate had neither free nor cooling addresses at the time of its check.
     *
     * @param pool its name
     * @param usage its counts at that time, if they are known
     */
    record FullNow(String pool, Optional<PoolUsage> usage) implements Note {
        /** Rejects null. */
        public FullNow {
            requireNonNull(pool, "pool");
            requireNonNull(usage, "usage");
        }

        @Override
        public String text() {
            return pool + " was full when it was checked"
                    + usage.map(counts -> ": " + counts.held() + " of " + counts.total() + " held")
                            .orElse("");
        }
    }

    /**
     * A name or pattern names pools that were named before. Only the first occurrence is used.
     *
     * @param pools the pools, in the order in which they are named again
     * @param again the name or pattern
     */
    record NamedTwice(List<String> pools, String again) implements Note {
        /** Copies the names. */
        public NamedTwice {
            pools = List.copyOf(requireNonNull(pools, "pools"));
            requireNonNull(again, "again");
        }

        @Override
        public String text() {
            if (pools.size() == 1 && pools.get(0).equals(again)) {
                return again + " is named twice; only the first one is used";
            }
            return "the pattern " + again + " names " + shown(pools) + " again; only the first occurrence is used";
        }
    }

    /**
     * A pattern matches no pool.
     *
     * @param pattern the pattern
     * @param family the family that it was matched in
     */
    record PatternWithoutMatch(String pattern, Family family) implements Note {
        /** Rejects null. */
        public PatternWithoutMatch {
            requireNonNull(pattern, "pattern");
            requireNonNull(family, "family");
        }

        @Override
        public String text() {
            return "the pattern " + pattern + " matches no " + family.label() + " pool";
        }
    }

    /**
     * The deciding source names pools for a family that is not enabled; they were dropped.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param names the names that were dropped
     */
    record DisabledFamilyNamed(String interfaceName, Family family, List<String> names) implements Note {
        /** Copies the names. */
        public DisabledFamilyNamed {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            names = List.copyOf(requireNonNull(names, "names"));
        }

        @Override
        public String text() {
            return interfaceName + ": " + family.label() + " is not enabled, so " + shown(names) + " is ignored";
        }
    }

    /**
     * No pool that may serve the request has a subnet that contains the gateway of this custom
     * route.
     *
     * @param route the route
     */
    record RouteWithoutInterface(Route route) implements Note {
        /** Rejects null. */
        public RouteWithoutInterface {
            requireNonNull(route, "route");
        }

        @Override
        public String text() {
            return "the custom route " + route.destination() + " via " + route.gateway()
                    + " matches no interface: no subnet has " + route.gateway();
        }
    }

    /**
     * The CNI configuration requires the subnet of the master interface, but its addresses are
     * unknown. Subnets were not checked.
     *
     * @param interfaceName the interface
     */
    record MasterAddressesUnknown(String interfaceName) implements Note {
        /** Rejects null. */
        public MasterAddressesUnknown {
            requireNonNull(interfaceName, "interfaceName");
        }

        @Override
        public String text() {
            return interfaceName + ": the addresses of the master interface are not stated, so the subnets of pools"
                    + " were not compared with them";
        }
    }

    /**
     * Two custom routes have the same destination and different gateways. On one interface only the
     * first is used.
     *
     * @param route the first route
     * @param other the route with another gateway
     */
    record TwoGateways(Route route, Route other) implements Note {
        /** Rejects null. */
        public TwoGateways {
            requireNonNull(route, "route");
            requireNonNull(other, "other");
        }

        @Override
        public String text() {
            return "the custom routes to " + route.destination() + " have the gateways " + route.gateway() + " and "
                    + other.gateway() + "; on one interface only the first is used";
        }
    }

    /**
     * A route of a pool, or the default route of its gateway, is replaced by another route to the
     * same destination.
     *
     * @param interfaceName the interface
     * @param route the route that is used
     * @param pool the pool
     * @param replaced the route of the pool or of its gateway
     */
    record RouteReplaced(String interfaceName, Route route, String pool, Route replaced) implements Note {
        /** Rejects null. */
        public RouteReplaced {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(route, "route");
            requireNonNull(pool, "pool");
            requireNonNull(replaced, "replaced");
        }

        @Override
        public String text() {
            return interfaceName + ": the route " + route + " replaces " + replaced + " of pool " + pool;
        }
    }

    /**
     * A given address was written with a prefix length that differs from that of its pool. The
     * length of the pool is used.
     *
     * @param interfaceName the interface
     * @param address the address
     * @param stated the length that was written
     * @param pool the pool that has the address
     * @param actual the length of the pool's subnet
     */
    record OtherPrefixLength(String interfaceName, Address address, int stated, String pool, int actual)
            implements Note {
        /** Rejects null. */
        public OtherPrefixLength {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(address, "address");
            requireNonNull(pool, "pool");
        }

        @Override
        public String text() {
            return interfaceName + ": " + address + " is given with prefix length " + stated + ", but pool " + pool
                    + " has " + actual + "; the length of the pool is used";
        }
    }

    /**
     * The owner holds an address for an unknown interface, and no demand of this request adopts it.
     *
     * @param holding the record
     */
    record RecordNotAdopted(Holding holding) implements Note {
        /** Rejects null. */
        public RecordNotAdopted {
            requireNonNull(holding, "holding");
        }

        @Override
        public String text() {
            return "the owner holds " + holding.address() + " from " + holding.pool()
                    + " for an unknown interface, and no demand adopts it";
        }
    }
}

package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.PoolUsage;
import io.ipam.pool.Route;
import java.util.List;
import java.util.Optional;

/**
 * Something worth knowing that dropped no pool.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface Note {
    /** {@return the note as a sentence without a full stop} */
    String text();

    /**
     * A candidate had neither free nor cooling addresses when it was looked at.
     *
     * @param pool its name
     * @param usage its counts at that time, where known
     */
    record FullNow(String pool, Optional<PoolUsage> usage) implements Note {
        @Override
        public String text() {
            return pool + " was full when it was looked at"
                    + usage.map(counts -> ": " + counts.held() + " of " + counts.total() + " held")
                            .orElse("");
        }
    }

    /**
     * A name or pattern names pools that were named before; only the first time counts.
     *
     * @param pools the pools, in the order in which they are named again
     * @param again the name or pattern
     */
    record NamedTwice(List<String> pools, String again) implements Note {
        private static final int SHOWN = 5;

        /**
         * Copies the names.
         *
         * @param pools the pools, in the order in which they are named again
         * @param again the name or pattern
         */
        public NamedTwice {
            pools = List.copyOf(pools);
        }

        @Override
        public String text() {
            if (pools.size() == 1 && pools.get(0).equals(again)) {
                return again + " is named twice; only the first time counts";
            }
            String shown = String.join(", ", pools.subList(0, Math.min(SHOWN, pools.size())));
            String more = pools.size() > SHOWN ? " and " + (pools.size() - SHOWN) + " more" : "";
            return "the pattern " + again + " names " + shown + more + " again; only the first time counts";
        }
    }

    /**
     * A pattern matches no pool.
     *
     * @param pattern the pattern
     * @param family the family in which it was looked for
     */
    record PatternWithoutMatch(String pattern, Family family) implements Note {
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
        /**
         * Copies the names.
         *
         * @param interfaceName the interface
         * @param family the family
         * @param names the names that were dropped
         */
        public DisabledFamilyNamed {
            names = List.copyOf(names);
        }

        @Override
        public String text() {
            return interfaceName + ": " + family.label() + " is not enabled, so " + names + " was not looked at";
        }
    }

    /**
     * No pool that may serve the request has a subnet that holds the gateway of this custom route.
     *
     * @param route the route
     */
    record RouteWithoutInterface(Route route) implements Note {
        @Override
        public String text() {
            return "the custom route " + route.destination() + " via " + route.gateway()
                    + " fits no interface: no subnet in question holds " + route.gateway();
        }
    }

    /**
     * The owner holds an address whose interface is not known, and no demand of this request adopts it.
     *
     * @param holding what it holds
     */
    record RecordNotAdopted(Holding holding) implements Note {
        @Override
        public String text() {
            return "the owner holds " + holding.address() + " from " + holding.pool()
                    + " for an unknown interface, and no demand adopts it";
        }
    }
}

package io.ipam.allocation.state;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for addresses, after resolution.
 *
 * <p>Thread safety: immutable.
 *
 * @param owner who asks
 * @param live the catalog that it was resolved in: under another one it is out of date
 * @param demands what is wanted, in interface order
 * @param released what the owner gives up as part of the request
 * @param aside what the owner holds for an unknown interface and no demand adopts
 */
public record Request(Owner owner, Live live, List<Demand> demands, List<Holding> released, List<Holding> aside) {
    /**
     * Copies the lists.
     *
     * @param owner who asks
     * @param live the catalog that it was resolved in: under another one it is out of date
     * @param demands what is wanted, in interface order
     * @param released what the owner gives up as part of the request
     * @param aside what the owner holds for an unknown interface and no demand adopts
     */
    public Request {
        requireNonNull(owner, "owner");
        requireNonNull(live, "live");
        demands = List.copyOf(demands);
        released = List.copyOf(released);
        aside = List.copyOf(aside);
    }

    /**
     * One address for one interface and family: one that is held, or one from a candidate.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param kept what the owner holds for it; then nothing new is granted
     * @param candidates the pools that may serve, first choice first
     * @param given the address that is asked for, null when any will do
     */
    public record Demand(
            String interfaceName,
            Family family,
            List<Holding> kept,
            List<Definition> candidates,
            @Nullable Address given) {
        /**
         * Copies the lists.
         *
         * @param interfaceName the interface
         * @param family the family
         * @param kept what the owner holds for it; then nothing new is granted
         * @param candidates the pools that may serve, first choice first
         * @param given the address that is asked for, null when any will do
         */
        public Demand {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            kept = List.copyOf(kept);
            candidates = List.copyOf(candidates);
        }

        @Override
        public String toString() {
            return interfaceName + " " + family.label();
        }
    }
}

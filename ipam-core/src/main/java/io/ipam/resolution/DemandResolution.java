package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.ServableRequest;
import io.ipam.pool.Pool;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.subnet.PoolPlan;
import java.util.List;
import java.util.Optional;

/**
 * The result for one demand: one interface and one family.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface DemandResolution extends ServableRequest.Demand {
    @Override
    default List<Holding> kept() {
        return List.of();
    }

    @Override
    default List<Pool> pools() {
        return List.of();
    }

    @Override
    default Optional<Address> given() {
        return Optional.empty();
    }

    /** {@return the source that settled the interface} */
    Source source();

    /** {@return the human-readable name of the source: {@code pod selection[1]}} */
    String sourceTitle();

    /** {@return whether the interface requests no default route} */
    boolean cleanGateway();

    /** {@return the pools that were named and dropped, in the order in which they were named} */
    List<Rejection> rejections();

    /** {@return the notes, which dropped no pool} */
    List<Note> notes();

    /** {@return {@code eth0 IPv4}} */
    default String label() {
        return interfaceName() + " " + family().label();
    }

    /**
     * The owner already holds the address, or the demand adopts one that the owner holds for an
     * unknown interface. No pool was checked.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param sourceTitle the human-readable name of the source
     * @param cleanGateway whether the interface requests no default route
     * @param holdings the holdings, lowest address first, never empty and nearly always one; one
     *     whose interface is unknown gets this interface
     * @param given the address that the caller requires
     */
    record Held(
            String interfaceName,
            Family family,
            Source source,
            String sourceTitle,
            boolean cleanGateway,
            List<Holding> holdings,
            Optional<Address> given)
            implements DemandResolution {
        /** Copies the holdings and rejects an empty list. */
        public Held {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            requireNonNull(source, "source");
            requireNonNull(sourceTitle, "sourceTitle");
            holdings = List.copyOf(requireNonNull(holdings, "holdings"));
            if (holdings.isEmpty()) {
                throw new IllegalArgumentException("holdings must not be empty");
            }
            requireNonNull(given, "given");
        }

        @Override
        public List<Holding> kept() {
            return holdings;
        }

        @Override
        public List<Rejection> rejections() {
            return List.of();
        }

        @Override
        public List<Note> notes() {
            return List.of();
        }
    }

    /**
     * Pools may serve the demand, best first. A full pool is one of them, with a note.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param sourceTitle the human-readable name of the source
     * @param cleanGateway whether the interface requests no default route
     * @param pools the pools, never empty
     * @param given the address that the caller requires
     * @param rejections the pools that were dropped
     * @param notes the notes
     */
    record Candidates(
            String interfaceName,
            Family family,
            Source source,
            String sourceTitle,
            boolean cleanGateway,
            List<Pool> pools,
            Optional<Address> given,
            List<Rejection> rejections,
            List<Note> notes)
            implements DemandResolution {
        /** Copies the lists and rejects an empty list of pools. */
        public Candidates {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            requireNonNull(source, "source");
            requireNonNull(sourceTitle, "sourceTitle");
            pools = List.copyOf(requireNonNull(pools, "pools"));
            requireNonNull(given, "given");
            rejections = RejectionView.copyOf(requireNonNull(rejections, "rejections"));
            notes = List.copyOf(requireNonNull(notes, "notes"));
            if (pools.isEmpty()) {
                throw new IllegalArgumentException("pools must not be empty");
            }
        }

        /** {@return the pools with the default route of each, best first} */
        public List<Candidate> candidates() {
            return pools.stream()
                    .map(pool ->
                            new Candidate(pool, !cleanGateway && pool.gateway().isPresent()))
                    .toList();
        }
    }

    /**
     * No pool can serve the demand, so the whole request is refused.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param sourceTitle the human-readable name of the source
     * @param cleanGateway whether the interface requests no default route
     * @param rejections the pools that were dropped
     * @param notes the notes
     * @param problems the reasons why no pool could be checked, if there are any besides the
     *     rejections
     */
    record Unserved(
            String interfaceName,
            Family family,
            Source source,
            String sourceTitle,
            boolean cleanGateway,
            List<Rejection> rejections,
            List<Note> notes,
            List<Problem> problems)
            implements DemandResolution {
        /** Copies the lists. */
        public Unserved {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            requireNonNull(source, "source");
            requireNonNull(sourceTitle, "sourceTitle");
            rejections = RejectionView.copyOf(requireNonNull(rejections, "rejections"));
            notes = List.copyOf(requireNonNull(notes, "notes"));
            problems = List.copyOf(requireNonNull(problems, "problems"));
        }
    }

    /**
     * A pool must first be created from a subnet.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param sourceTitle the human-readable name of the source
     * @param cleanGateway whether the interface requests no default route
     * @param plan the pool
     */
    record PoolToCreate(
            String interfaceName, Family family, Source source, String sourceTitle, boolean cleanGateway, PoolPlan plan)
            implements DemandResolution {
        /** Rejects null. */
        public PoolToCreate {
            requireNonNull(interfaceName, "interfaceName");
            requireNonNull(family, "family");
            requireNonNull(source, "source");
            requireNonNull(sourceTitle, "sourceTitle");
            requireNonNull(plan, "plan");
        }

        @Override
        public List<Rejection> rejections() {
            return List.of();
        }

        @Override
        public List<Note> notes() {
            return List.of();
        }
    }

    /**
     * A pool that may serve a demand, and the routes that it would add.
     *
     * <p>Thread safety: immutable.
     *
     * @param pool the pool
     * @param defaultRoute whether it adds a default route: it has a gateway, and gateway cleaning
     *     is off for the interface
     */
    public record Candidate(Pool pool, boolean defaultRoute) {
        /** Rejects null. */
        public Candidate {
            requireNonNull(pool, "pool");
        }

        /** {@return the routes of the pool, without the default route} */
        public List<Route> routes() {
            return pool.routes();
        }

        /** {@return the gateway of the default route that the pool would add} */
        public Optional<Address> defaultGateway() {
            return defaultRoute ? pool.gateway() : Optional.empty();
        }

        /** {@return the name of the pool} */
        @Override
        public String toString() {
            return pool.name();
        }
    }
}

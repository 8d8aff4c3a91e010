package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.problem.Problem;
import io.ipam.subnet.PoolPlan;
import java.util.List;

/**
 * The answer for one demand: one interface and one family.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface DemandResolution {
    /** {@return the interface} */
    String interfaceName();

    /** {@return the family} */
    Family family();

    /** {@return the source that settled the interface} */
    Source source();

    /** {@return whether no default route is wanted on the interface} */
    boolean cleanGateway();

    /** {@return the pools that were looked at and dropped, in the order in which they were named} */
    List<Rejection> rejections();

    /** {@return what else is worth knowing} */
    List<Note> notes();

    /** {@return {@code eth0 IPv4}} */
    default String label() {
        return interfaceName() + " " + family().label();
    }

    /**
     * The owner holds the address already, or adopts one that it holds for an unknown interface. No pool was looked at.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param cleanGateway whether no default route is wanted
     * @param holdings what it holds, lowest address first, never empty and nearly always one; one whose interface is
     *     unknown is to be given this interface
     */
    record Held(String interfaceName, Family family, Source source, boolean cleanGateway, List<Holding> holdings)
            implements DemandResolution {
        /**
         * Copies the holdings.
         *
         * @param interfaceName the interface
         * @param family the family
         * @param source the source that settled the interface
         * @param cleanGateway whether no default route is wanted
         * @param holdings what it holds, lowest address first, never empty and nearly always one; one whose interface is unknown is to be given this interface
         */
        public Held {
            holdings = List.copyOf(holdings);
            if (holdings.isEmpty()) {
                throw new IllegalArgumentException("holdings is empty");
            }
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
     * Pools that may serve, best first. A full one is among them, with a note.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param cleanGateway whether no default route is wanted
     * @param candidates the pools, never empty
     * @param rejections the pools that were dropped
     * @param notes what else is worth knowing
     */
    record Candidates(
            String interfaceName,
            Family family,
            Source source,
            boolean cleanGateway,
            List<Candidate> candidates,
            List<Rejection> rejections,
            List<Note> notes)
            implements DemandResolution {
        /**
         * Copies the lists.
         *
         * @param interfaceName the interface
         * @param family the family
         * @param source the source that settled the interface
         * @param cleanGateway whether no default route is wanted
         * @param candidates the pools, never empty
         * @param rejections the pools that were dropped
         * @param notes what else is worth knowing
         */
        public Candidates {
            candidates = List.copyOf(candidates);
            rejections = List.copyOf(rejections);
            notes = List.copyOf(notes);
            if (candidates.isEmpty()) {
                throw new IllegalArgumentException("candidates is empty");
            }
        }
    }

    /**
     * No pool is left: the whole request fails.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param cleanGateway whether no default route is wanted
     * @param rejections the pools that were dropped
     * @param notes what else is worth knowing
     * @param problems why no pool could be looked at, where it is not for the rejections
     */
    record Unserved(
            String interfaceName,
            Family family,
            Source source,
            boolean cleanGateway,
            List<Rejection> rejections,
            List<Note> notes,
            List<Problem> problems)
            implements DemandResolution {
        /**
         * Copies the lists.
         *
         * @param interfaceName the interface
         * @param family the family
         * @param source the source that settled the interface
         * @param cleanGateway whether no default route is wanted
         * @param rejections the pools that were dropped
         * @param notes what else is worth knowing
         * @param problems why no pool could be looked at, where it is not for the rejections
         */
        public Unserved {
            rejections = List.copyOf(rejections);
            notes = List.copyOf(notes);
            problems = List.copyOf(problems);
        }
    }

    /**
     * The pool has to be carved from a subnet first.
     *
     * @param interfaceName the interface
     * @param family the family
     * @param source the source that settled the interface
     * @param cleanGateway whether no default route is wanted
     * @param plan the pool
     */
    record PoolToCreate(String interfaceName, Family family, Source source, boolean cleanGateway, PoolPlan plan)
            implements DemandResolution {
        /**
         * Checks for null.
         *
         * @param interfaceName the interface
         * @param family the family
         * @param source the source that settled the interface
         * @param cleanGateway whether no default route is wanted
         * @param plan the pool
         */
        public PoolToCreate {
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
}

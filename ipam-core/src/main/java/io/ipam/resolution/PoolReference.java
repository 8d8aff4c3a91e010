package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.pool.PatternSearch;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import io.ipam.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pools that a source names for one family. Thread safety: none; used for one request. */
sealed interface PoolReference {
    /** Whether the source requests addresses of the family: it names at least one pool. */
    boolean isWanted();

    /** Whether the source names the pool, existing or not. */
    boolean names(String pool);

    /**
     * Whether a holding from the pool may be kept: the source names the pool, or the pools of the
     * source are unknown.
     */
    default boolean mayKeep(String pool) {
        return names(pool);
    }

    /** The problems of the names, with paths relative to their list. */
    default List<Problem> problems() {
        return List.of();
    }

    /** Passes every pool named to the collector, in order. */
    default void visit(CandidateCollector collector) {}

    /** No name. */
    enum Nothing implements PoolReference {
        /** The only instance. */
        NOTHING;

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public boolean names(String pool) {
            return false;
        }
    }

    /**
     * Names and patterns.
     *
     * @param catalog the pools that exist
     * @param family the family that patterns are matched in
     * @param texts the names and patterns, not empty
     * @param patterns the pattern of each text that is a valid pattern; empty if no text is a
     *     pattern
     * @param problems the problems of the patterns
     * @param search matches the patterns
     */
    record Named(
            PoolCatalog catalog,
            Family family,
            List<String> texts,
            List<@Nullable PoolNamePattern> patterns,
            List<Problem> problems,
            PatternSearch search)
            implements PoolReference {
        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean names(String pool) {
            for (int index = 0; index < texts.size(); index++) {
                PoolNamePattern pattern = patternAt(index);
                if (pattern == null ? texts.get(index).equals(pool) : search.matches(pattern, pool)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void visit(CandidateCollector collector) {
            for (int index = 0; index < texts.size(); index++) {
                PoolNamePattern pattern = patternAt(index);
                String text = texts.get(index);
                if (pattern != null) {
                    collector.matched(text, family, search.matching(pattern, family));
                } else if (patterns.isEmpty() || !PoolNamePattern.isPattern(text)) {
                    collector.named(text, catalog.pool(text).orElse(null));
                }
            }
        }

        private @Nullable PoolNamePattern patternAt(int index) {
            return patterns.isEmpty() ? null : patterns.get(index);
        }
    }

    /**
     * The default pools of the cluster.
     *
     * @param catalog the pools that exist
     * @param family the family
     */
    record Defaults(PoolCatalog catalog, Family family) implements PoolReference {
        @Override
        public boolean isWanted() {
            return !catalog.defaults(family).isEmpty();
        }

        @Override
        public boolean names(String pool) {
            Pool known = catalog.pool(pool).orElse(null);
            return known != null && known.isDefault() && known.family() == family;
        }

        @Override
        public void visit(CandidateCollector collector) {
            for (Pool pool : catalog.defaults(family)) {
                collector.named(pool.name(), pool);
            }
        }
    }

    /** Subnets whose pools are unknown: the reference names no pool, and no holding is released. */
    enum Unanswered implements PoolReference {
        /** The only instance. */
        UNANSWERED;

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean names(String pool) {
            return false;
        }

        @Override
        public boolean mayKeep(String pool) {
            return true;
        }
    }

    /** Subnets from which a pool must first be created: the reference names no pool yet. */
    enum StillToCreate implements PoolReference {
        /** The only instance. */
        STILL_TO_CREATE;

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean names(String pool) {
            return false;
        }
    }
}

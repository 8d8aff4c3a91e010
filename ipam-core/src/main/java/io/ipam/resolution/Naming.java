package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.pool.InvalidPatternException;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pools that a source names for one interface and family: what they are, in order, and whether one is among them. */
sealed interface Naming {
    /** Whether the family is wanted: there is at least one name. */
    boolean isWanted();

    /** Whether the source names the pool, existing or not. */
    boolean names(String pool);

    /** Whether something held in the pool may be kept: the source names it, or cannot say. */
    default boolean mayKeep(String pool) {
        return names(pool);
    }

    /** Shows every pool named to the scout, in order. */
    void visit(PoolScout scout);

    /** No name at all. */
    enum Nothing implements Naming {
        /** The only one. */
        NOTHING;

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public boolean names(String pool) {
            return false;
        }

        @Override
        public void visit(PoolScout scout) {
            // Nothing to show.
        }
    }

    /**
     * Names and patterns.
     *
     * @param catalog the pools that exist
     * @param family the family in which patterns are looked for
     * @param texts the names and patterns, not empty
     * @param patterns the compiled pattern for each text that is one; empty when none is
     * @param problems the patterns that cannot be read
     */
    record Named(
            PoolCatalog catalog,
            Family family,
            List<String> texts,
            List<@Nullable PoolNamePattern> patterns,
            List<Problem> problems)
            implements Naming {
        /** Reads the patterns among the names of a choice. */
        static Named read(PoolCatalog catalog, Family family, List<String> texts, InterfaceChoice choice) {
            for (String text : texts) {
                if (PoolNamePattern.isPattern(text)) {
                    return compile(catalog, family, texts, choice.path(family));
                }
            }
            return new Named(catalog, family, texts, List.of(), List.of());
        }

        private static Named compile(PoolCatalog catalog, Family family, List<String> texts, String path) {
            List<@Nullable PoolNamePattern> patterns = new ArrayList<>(texts.size());
            List<Problem> problems = new ArrayList<>();
            for (int index = 0; index < texts.size(); index++) {
                String text = texts.get(index);
                PoolNamePattern pattern = null;
                if (PoolNamePattern.isPattern(text)) {
                    try {
                        pattern = PoolNamePattern.parse(text);
                    } catch (InvalidPatternException refused) {
                        String where = path + "[" + index + "]";
                        refused.problems().forEach(problem -> problems.add(problem.withWhere(where)));
                    }
                }
                patterns.add(pattern);
            }
            return new Named(catalog, family, texts, patterns, problems);
        }

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean names(String pool) {
            for (int index = 0; index < texts.size(); index++) {
                PoolNamePattern pattern = patternAt(index);
                if (pattern == null ? texts.get(index).equals(pool) : pattern.matches(pool)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void visit(PoolScout scout) {
            for (int index = 0; index < texts.size(); index++) {
                PoolNamePattern pattern = patternAt(index);
                String text = texts.get(index);
                if (pattern != null) {
                    scout.matched(text, family, catalog.matching(pattern, family));
                } else if (patterns.isEmpty() || !PoolNamePattern.isPattern(text)) {
                    scout.named(text, catalog.pool(text).orElse(null));
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
    record Defaults(PoolCatalog catalog, Family family) implements Naming {
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
        public void visit(PoolScout scout) {
            for (Pool pool : catalog.defaults(family)) {
                scout.named(pool.name(), pool);
            }
        }
    }

    /** A source that names subnets and cannot say which pools that means: nothing to look at, and nothing to let go. */
    enum Unanswered implements Naming {
        /** The only one. */
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

        @Override
        public void visit(PoolScout scout) {
            // Nothing to show.
        }
    }

    /** A source that names subnets from which a pool is still to be created: no pool is named yet. */
    enum StillToCreate implements Naming {
        /** The only one. */
        STILL_TO_CREATE;

        @Override
        public boolean isWanted() {
            return true;
        }

        @Override
        public boolean names(String pool) {
            return false;
        }

        @Override
        public void visit(PoolScout scout) {
            // Nothing to show.
        }
    }
}

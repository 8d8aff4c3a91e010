package io.ipam.allocation.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Definitions by the name of their pool.
 *
 * <p>Layout: a hash table in two levels, so that a change of one pool among 10,000 copies neither a map nor a tree: an array of
 * buckets, shared but for those that changed, each a small array.
 *
 * <pre>
 * buckets  [ . | . | . | . ]      a power of two, 2 to 8 definitions for each once there are many
 *            |       |
 *          [a, k]  [c, d, x]      in no order
 * </pre>
 *
 * <p>Cost: look-up O(1); a change copies the array of buckets, 4 to 16 B for every 8 pools, and one bucket for each pool that
 * changes. Thread safety: immutable.
 */
final class Definitions {
    static final Definitions EMPTY = new Definitions(new Definition[][] {{}}, 0);

    private static final int MOST_PER_BUCKET = 8;
    private static final int LEAST_PER_BUCKET = 2;

    private final Definition[][] buckets;
    private final int size;

    private Definitions(Definition[][] buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** The definition of a pool, null when there is none. */
    @Nullable
    Definition get(String pool) {
        for (Definition definition : buckets[bucketOf(pool, buckets.length)]) {
            if (definition.pool().name().equals(pool)) {
                return definition;
            }
        }
        return null;
    }

    /** Calls back with every definition, in no order. */
    void forEach(Consumer<Definition> each) {
        for (Definition[] bucket : buckets) {
            for (Definition definition : bucket) {
                each.accept(definition);
            }
        }
    }

    /** These definitions, to be changed into others. */
    Draft draft() {
        return new Draft(buckets.clone(), size);
    }

    private static int bucketOf(String pool, int count) {
        int hash = pool.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & (count - 1);
    }

    /** Definitions while they are changed; those that it was made of stay. Thread safety: none. */
    static final class Draft {
        private Definition[][] buckets;
        private int size;

        private Draft(Definition[][] buckets, int size) {
            this.buckets = buckets;
            this.size = size;
        }

        /** Adds a definition, in place of the one of the same name. */
        void put(Definition definition) {
            remove(definition.pool().name());
            if (size >= MOST_PER_BUCKET * buckets.length) {
                spread();
            }
            append(buckets, definition);
            size++;
        }

        /** Takes out the definition of a pool, if there is one. */
        void remove(String pool) {
            int at = bucketOf(pool, buckets.length);
            Definition[] bucket = buckets[at];
            for (int i = 0; i < bucket.length; i++) {
                if (bucket[i].pool().name().equals(pool)) {
                    Definition[] rest = Arrays.copyOf(bucket, bucket.length - 1);
                    System.arraycopy(bucket, i + 1, rest, i, rest.length - i);
                    buckets[at] = rest;
                    size--;
                    return;
                }
            }
        }

        /** What it has become; the draft is done with. */
        Definitions done() {
            return new Definitions(buckets, size);
        }

        private void spread() {
            Definition[][] more = new Definition[buckets.length * MOST_PER_BUCKET / LEAST_PER_BUCKET][0];
            for (Definition[] bucket : buckets) {
                for (Definition definition : bucket) {
                    append(more, definition);
                }
            }
            buckets = more;
        }

        private static void append(Definition[][] buckets, Definition definition) {
            int at = bucketOf(definition.pool().name(), buckets.length);
            Definition[] bucket = buckets[at];
            Definition[] longer = Arrays.copyOf(bucket, bucket.length + 1);
            longer[bucket.length] = definition;
            buckets[at] = longer;
        }
    }
}

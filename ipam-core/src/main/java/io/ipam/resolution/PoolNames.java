package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Pool names and patterns, per family, in the given order. They are not checked against the
 * existing pools.
 *
 * <p>Thread safety: immutable.
 *
 * @param byFamily the names of each family; families without a name are omitted
 */
public record PoolNames(Map<Family, List<String>> byFamily) {
    private static final Family[] FAMILIES = Family.values();
    private static final PoolNames NONE = new PoolNames(Map.of());

    /** Copies the names and omits families without a name. */
    public PoolNames {
        requireNonNull(byFamily, "byFamily");
        EnumMap<Family, List<String>> copy = new EnumMap<>(Family.class);
        for (Family family : FAMILIES) {
            List<String> names = byFamily.get(family);
            if (names != null && !names.isEmpty()) {
                copy.put(family, List.copyOf(names));
            }
        }
        byFamily = Collections.unmodifiableMap(copy);
    }

    /** {@return an object without names} */
    public static PoolNames none() {
        return NONE;
    }

    /**
     * {@return names of one family}
     *
     * @param family the family
     * @param names the names
     */
    public static PoolNames of(Family family, List<String> names) {
        requireNonNull(family, "family");
        return requireNonNull(names, "names").isEmpty() ? NONE : new PoolNames(Map.of(family, names));
    }

    /**
     * {@return names of one family}
     *
     * @param family the family
     * @param names the names
     */
    public static PoolNames of(Family family, String... names) {
        return of(family, List.of(requireNonNull(names, "names")));
    }

    /**
     * {@return the names of one family, empty if there are none}
     *
     * @param family the family
     */
    public List<String> names(Family family) {
        List<String> names = byFamily.get(requireNonNull(family, "family"));
        return names == null ? List.of() : names;
    }

    /** {@return whether there is no name in any family} */
    public boolean isEmpty() {
        return byFamily.isEmpty();
    }

    /**
     * {@return a copy with other names of one family}
     *
     * @param family the family
     * @param names the names
     */
    public PoolNames with(Family family, List<String> names) {
        EnumMap<Family, List<String>> copy = new EnumMap<>(Family.class);
        copy.putAll(byFamily);
        copy.put(requireNonNull(family, "family"), requireNonNull(names, "names"));
        return new PoolNames(copy);
    }
}

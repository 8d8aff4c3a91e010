package io.ipam.annotations;

import io.ipam.address.Family;
import io.ipam.json.Expected;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonReader;
import io.ipam.resolution.PoolNames;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Collects the lists {@code ipv4} and {@code ipv6} of one object. Thread safety: none. */
final class FamilyNames {
    private static final Family[] FAMILIES = Family.values();

    private final Map<Family, List<String>> names = new EnumMap<>(Family.class);

    /** The keys of the lists, by the number of a family: its place in {@link Family#values}. */
    static String[] keys() {
        return Arrays.stream(FAMILIES).map(family -> "ipv" + family.number()).toArray(String[]::new);
    }

    /** A key, then those of the lists, then others. */
    static String[] keysAfter(String before, String... more) {
        return Stream.of(Stream.of(before), Arrays.stream(keys()), Arrays.stream(more))
                .flatMap(Function.identity())
                .toArray(String[]::new);
    }

    /** The expectations of the lists, by the number of a family. */
    static Expected[] expectations(String what) {
        return Arrays.stream(FAMILIES).map(family -> expectation(family, what)).toArray(Expected[]::new);
    }

    /** The expectation of the list of one family. */
    static Expected expectation(Family family, String what) {
        String example = "[\"blue-v" + family.number() + "\"]";
        return Expected.of("the " + family.label() + " " + what + " must be a list of names, such as " + example)
                .hint(JsonKind.STRING, "put the name into a list: " + example)
                .otherwise("write " + example);
    }

    /** Reads the list of the family with the number {@code family}. */
    void read(JsonReader in, int family, Expected[] expectations, int checked) {
        List<String> list = NameList.read(in, expectations[family], checked);
        if (!list.isEmpty()) {
            names.put(FAMILIES[family], list);
        }
    }

    /** The names of the family with the number {@code family}. */
    List<String> names(int family) {
        return names.getOrDefault(FAMILIES[family], List.of());
    }

    /** Drops all names of a family except the first one. */
    void keepFirst() {
        names.replaceAll((family, list) -> list.size() > 1 ? List.of(list.get(0)) : list);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    Map<Family, List<String>> asMap() {
        return names;
    }

    PoolNames asPoolNames() {
        return names.isEmpty() ? PoolNames.none() : new PoolNames(names);
    }
}

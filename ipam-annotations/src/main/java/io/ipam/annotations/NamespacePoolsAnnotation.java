package io.ipam.annotations;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.json.Expected;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonReader;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The annotations {@code ipam.spidernet.io/default-ipv4-ippool} and {@code default-ipv6-ippool} of
 * a namespace: its default pools of one family.
 *
 * <pre>
 * default-ipv4-ippool = names       see {@link NameList}
 * default-ipv6-ippool = names
 * </pre>
 *
 * <p>In both modes, a list without a name means that the namespace has no default of that family.
 */
final class NamespacePoolsAnnotation {
    private static final Map<Family, Expected> LISTS = expectations();

    private NamespacePoolsAnnotation() {}

    static String key(Family family) {
        return key(Integer.toString(family.number()));
    }

    static String key(String family) {
        return "ipam.spidernet.io/default-ipv" + family + "-ippool";
    }

    static List<String> read(JsonReader in, Family family, Reading reading) {
        return NameList.read(in, requireNonNull(LISTS.get(family)), reading.checkedNames(0));
    }

    private static Map<Family, Expected> expectations() {
        Map<Family, Expected> expectations = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            expectations.put(
                    family,
                    FamilyNames.expectation(family, "pools of a namespace")
                            .hint(
                                    JsonKind.OBJECT,
                                    "each family has its own annotation: write only the list, [\"blue-v4\"]"));
        }
        return expectations;
    }
}

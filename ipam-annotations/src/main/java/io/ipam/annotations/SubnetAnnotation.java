package io.ipam.annotations;

import io.ipam.address.Family;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.subnet.SubnetSelection.Item;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The annotations {@code ipam.spidernet.io/subnet} (one interface) and {@code
 * ipam.spidernet.io/subnets} (several).
 *
 * <pre>
 * subnet  = item
 * subnets = [ item { , item } [,] ]
 * item    = { [ "interface" : ( string | null ) ]
 *             [ "ipv4" : names ] [ "ipv6" : names ] }       in any order; see {@link NameList}
 * </pre>
 *
 * <p>In both modes an item must name a subnet, and the first name of a list must not be empty. No
 * interface and no subnet may occur in two items. In {@code subnet} the default interface is {@code
 * eth0}. {@code COMPATIBLE} keeps only the first name of a list; {@code STRICT} refuses a second
 * one, and an item of {@code subnets} that does not name its interface.
 */
final class SubnetAnnotation {
    private static final int INTERFACE = 0;
    private static final int FIRST_LIST = 1;
    private static final JsonKeys KEYS = JsonKeys.of(FamilyNames.keysAfter("interface"))
            .alsoCalled("interface", "nic", "iface", "name", "device", "dev");
    private static final Expected[] LISTS = FamilyNames.expectations("subnets");

    private static final String LISTS_EXAMPLE = "\"ipv4\":[\"subnet-v4\"]";
    private static final ItemExpectations EACH = new ItemExpectations(LISTS_EXAMPLE);
    private static final String EXAMPLE = EACH.example(0);
    private static final Expected ONE = Expected.of("the value must be an object, such as " + EXAMPLE)
            .hint(
                    JsonKind.ARRAY,
                    "write " + EXAMPLE + "; a list of interfaces belongs in the annotation " + AnnotationKeys.SUBNETS)
            .otherwise("write " + EXAMPLE);
    private static final Expected SEVERAL = Expected.of(
                    "the value must be a list of objects, such as [" + EXAMPLE + "]")
            .hint(JsonKind.OBJECT, "use the annotation " + AnnotationKeys.SUBNET + ", or write [" + EXAMPLE + "]")
            .otherwise("write [" + EXAMPLE + "]");
    private final Reading reading;
    private final boolean several;
    private int index;
    private final Set<String> interfaces = new HashSet<>();
    private final Map<Family, Set<String>> subnets = new EnumMap<>(Family.class);

    private SubnetAnnotation(Reading reading, boolean several) {
        this.reading = reading;
        this.several = several;
    }

    /** Reads {@code subnet}. */
    static List<Item> readOne(JsonReader in, Reading reading) {
        if (in.isNull()) {
            in.problem(ProblemType.REQUIRED, "null", ONE.rule(), "remove the annotation");
            return List.of();
        }
        return List.of(new SubnetAnnotation(reading, false).item(in, ONE));
    }

    /** Reads {@code subnets}. */
    static List<Item> readSeveral(JsonReader in, Reading reading) {
        SubnetAnnotation annotation = new SubnetAnnotation(reading, true);
        List<Item> items = new ArrayList<>();
        int before = in.problemCount();
        if (in.beginArray(SEVERAL)) {
            while (in.nextElement()) {
                items.add(annotation.item(in, EACH.item(annotation.index)));
                annotation.index++;
            }
        }
        if (items.isEmpty() && in.problemCount() == before) {
            in.problem(ProblemType.REQUIRED, "[]", "there must be at least one item", "remove the annotation");
        }
        return items;
    }

    private Item item(JsonReader in, Expected expected) {
        JsonMembers members = in.members(KEYS, expected);
        if (members == null) {
            if (in.isNull()) {
                in.problem(ProblemType.REQUIRED, "null", expected.rule(), "remove this element");
            }
            return new Item(InterfaceRequest.PRIMARY, Map.of());
        }
        FamilyNames names = new FamilyNames();
        String name = "";
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            if (key == INTERFACE) {
                String written = in.string(EACH.interfaceName(index));
                name = written == null ? "" : written;
            } else {
                names.read(in, key - FIRST_LIST, LISTS, reading.checkedNames(1));
                checkOnlyOne(in, names.names(key - FIRST_LIST));
            }
        }
        names.keepFirst();
        if (name.isEmpty() && !several) {
            name = InterfaceRequest.PRIMARY;
        }
        if (members.isClean()) {
            check(members, name, names.asMap());
        }
        return new Item(name, names.asMap());
    }

    private void checkOnlyOne(JsonReader in, List<String> names) {
        if (reading.strict() && names.size() > 1) {
            in.problem(
                    ProblemType.INVALID,
                    names.get(1),
                    "an interface must have only one subnet per family",
                    "keep only \"" + names.get(0) + "\"");
        }
    }

    private void check(JsonMembers members, String name, Map<Family, List<String>> names) {
        if (names.isEmpty()) {
            members.problem(
                    ProblemType.REQUIRED,
                    "",
                    "an interface must have a subnet in at least one family",
                    "write " + LISTS_EXAMPLE);
        }
        if (name.isEmpty() && reading.strict()) {
            members.missing(
                    INTERFACE,
                    "an item must name its interface",
                    "write \"interface\":\"" + ItemExpectations.interfaceAt(index) + "\"");
        } else if (!interfaces.add(name)) {
            members.problem(
                    ProblemType.DUPLICATE,
                    name,
                    "an interface must have only one item",
                    "use a different interface for each item");
        }
        names.forEach((family, list) -> {
            String subnet = list.get(0);
            if (!subnets.computeIfAbsent(family, any -> new HashSet<>()).add(subnet)) {
                members.problem(
                        ProblemType.DUPLICATE,
                        subnet,
                        "a subnet must serve only one interface",
                        "name another subnet here");
            }
        });
    }
}

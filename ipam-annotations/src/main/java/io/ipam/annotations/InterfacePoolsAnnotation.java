package io.ipam.annotations;

import io.ipam.address.Family;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.PodSelection.Item;
import io.ipam.resolution.PodSelection.PerInterface;
import io.ipam.resolution.PoolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The annotation {@code ipam.spidernet.io/ippools}: pools for each interface.
 *
 * <pre>
 * ippools = null | [ { item , } [ item ] ]
 * item    = null | { [ "interface" : ( string | null ) ]
 *                    [ "ipv4" : names ] [ "ipv6" : names ]       see {@link NameList}
 *                    [ "cleangateway" : ( true | false | null ) ] }      in any order
 * </pre>
 *
 * <p>In both modes there must be at least one item, and no interface may have two. Either all items
 * name their interface or none does; the empty string is not a name. {@code STRICT} also refuses an
 * item without a pool name and an empty interface name.
 */
final class InterfacePoolsAnnotation {
    private static final int INTERFACE = 0;
    private static final int FIRST_LIST = 1;
    private static final int CLEAN_GATEWAY = FIRST_LIST + Family.values().length;
    private static final JsonKeys KEYS = JsonKeys.of(FamilyNames.keysAfter("interface", "cleangateway"))
            .alsoCalled("interface", "nic", "iface", "name", "device", "dev");

    private static final String LISTS = "\"ipv4\":[\"blue-v4\"]";
    private static final ItemExpectations EACH = new ItemExpectations(LISTS);
    private static final String EXAMPLE = "[" + EACH.example(0) + "]";
    private static final Expected ITEMS = Expected.of(
                    "the value must be a list of objects, one for each interface, such as " + EXAMPLE)
            .hint(
                    JsonKind.OBJECT,
                    "put the object into a list: [{...}]; for the same pools on all interfaces, use the annotation "
                            + AnnotationKeys.POOLS)
            .otherwise("write " + EXAMPLE);
    private static final Expected CLEAN = Expected.of("cleangateway must be true or false")
            .hint(JsonKind.STRING, "write true or false without quotes")
            .otherwise("write true or false");

    /** The same limit as for the problems of a JSON text. */
    private static final int MOST_PROBLEMS = 50;

    private final List<Item> items = new ArrayList<>(2);
    private final boolean strict;
    private final Reading reading;

    private InterfacePoolsAnnotation(Reading reading) {
        this.reading = reading;
        strict = reading.strict();
    }

    /** The selection, checked as far as possible without the interfaces of the request. */
    static JsonResult<PerInterface> read(String text, Reading reading) {
        JsonResult<PerInterface> result = parse(text, reading);
        PerInterface selection = result.value();
        if (selection == null || !result.problems().isEmpty()) {
            return result;
        }
        List<Problem> problems = selection.problems();
        return problems.isEmpty() ? result : new JsonResult<>(selection, placed(problems, text, reading));
    }

    /** The selection as it is written, without the checks between its items. */
    static JsonResult<PerInterface> parse(String text, Reading reading) {
        return JsonReader.read(text, reading.options(), in -> new InterfacePoolsAnnotation(reading).items(in));
    }

    private PerInterface items(JsonReader in) {
        if (in.beginArray(ITEMS)) {
            while (in.nextElement()) {
                items.add(item(in));
            }
        }
        return new PerInterface(items);
    }

    private Item item(JsonReader in) {
        JsonMembers members = in.members(KEYS, EACH.item(items.size()));
        if (members == null) {
            if (strict && in.isNull()) {
                in.problem(ProblemType.REQUIRED, "null", PoolsAnnotation.NO_NAME, "remove this element");
            }
            return Item.positional(PoolNames.none());
        }
        FamilyNames names = new FamilyNames();
        String name = null;
        boolean cleanGateway = false;
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            if (key == INTERFACE) {
                name = interfaceName(in);
            } else if (key == CLEAN_GATEWAY) {
                cleanGateway = in.bool(CLEAN, false);
            } else {
                names.read(in, key - FIRST_LIST, PoolsAnnotation.LISTS, reading.checkedNames(0));
            }
        }
        if (strict && names.isEmpty() && members.isClean()) {
            members.problem(
                    ProblemType.REQUIRED,
                    name == null ? "" : name,
                    PoolsAnnotation.NO_NAME,
                    "write " + (name == null && !goByPosition() ? EACH.example(items.size()) : LISTS));
        }
        return new Item(Optional.ofNullable(name), names.asPoolNames(), cleanGateway);
    }

    /** Whether the item before this one does not name its interface. */
    private boolean goByPosition() {
        return !items.isEmpty() && items.get(items.size() - 1).interfaceName().isEmpty();
    }

    private @Nullable String interfaceName(JsonReader in) {
        String name = in.string(EACH.interfaceName(items.size()));
        if (strict && name != null && name.isEmpty()) {
            in.problem(
                    ProblemType.INVALID,
                    "",
                    "an interface name must not be empty",
                    "write \"" + ItemExpectations.interfaceAt(items.size())
                            + "\", or remove the key from all items to match them by position");
        }
        return name;
    }

    /**
     * Problems between items, each at the item at the start of its path. The text is read again to
     * find the places.
     */
    private static List<Problem> placed(List<Problem> problems, String text, Reading reading) {
        List<Problem.Position> places = new ArrayList<>();
        JsonReader.read(text, reading.options(), in -> {
            places.add(in.position());
            for (boolean more = in.beginArray(ITEMS) && in.nextElement(); more; more = in.nextElement()) {
                places.add(in.position());
            }
            return places;
        });
        return problems.stream()
                .limit(MOST_PROBLEMS)
                .map(problem -> problem.withPosition(places.get(1 + item(problem))))
                .toList();
    }

    /** The item at the start of a path; -1 for the list as a whole. */
    private static int item(Problem problem) {
        int end = problem.where().indexOf(']');
        return end < 0 ? -1 : Integer.parseInt(problem.where().substring(1, end));
    }
}

package io.ipam.resolution;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The assignment of the items of a selection to the interfaces. Thread safety: immutable. */
final class ItemMatching {
    private static final int COMPARED_IN_PLACE = 8;
    private static final int SHOWN = 5;

    /** The index of the item of each interface, or -1, by the number of the interface. */
    private final int[] itemOf;

    private ItemMatching(int[] itemOf) {
        this.itemOf = itemOf;
    }

    /**
     * Matches items that have no {@link ItemNames#problems problems of their own} with the
     * interfaces of a request; adds the problems, with the path of the items.
     */
    static ItemMatching of(
            List<PodSelection.Item> items, PoolSelections selections, String path, List<Problem> problems) {
        List<InterfaceRequest> interfaces = selections.interfaces();
        int[] itemOf = new int[interfaces.size()];
        Arrays.fill(itemOf, -1);
        if (items.get(0).interfaceName().isPresent()) {
            matchNames(items, selections, itemOf, path, problems);
        } else if (selections.isPartial()) {
            matchUsualPositions(items.size(), interfaces, itemOf);
        } else {
            matchPositions(items.size(), interfaces, itemOf, path, problems);
        }
        for (int number = 0; number < itemOf.length; number++) {
            if (itemOf[number] < 0) {
                problems.add(withoutItem(path, interfaces.get(number).name()));
            }
        }
        return new ItemMatching(itemOf);
    }

    /** The index of the item of the interface with this number, or -1. */
    int itemOf(int number) {
        return itemOf[number];
    }

    private static void matchNames(
            List<PodSelection.Item> items,
            PoolSelections selections,
            int[] itemOf,
            String path,
            List<Problem> problems) {
        List<InterfaceRequest> interfaces = selections.interfaces();
        Map<String, Integer> numbers = numbers(interfaces);
        for (int index = 0; index < items.size(); index++) {
            String name = items.get(index).interfaceName().orElseThrow();
            int number = numbers.isEmpty() ? numberOf(name, interfaces) : numbers.getOrDefault(name, -1);
            if (number >= 0) {
                itemOf[number] = index;
            } else {
                reportNotRequested(selections, path + "[" + index + "].interface", name, problems);
            }
        }
    }

    /**
     * The number of each interface by name; empty if there are so few that a linear search is
     * faster.
     */
    private static Map<String, Integer> numbers(List<InterfaceRequest> interfaces) {
        if (interfaces.size() <= COMPARED_IN_PLACE) {
            return Map.of();
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (InterfaceRequest request : interfaces) {
            numbers.put(request.name(), numbers.size());
        }
        return numbers;
    }

    private static int numberOf(String name, List<InterfaceRequest> interfaces) {
        for (int number = 0; number < interfaces.size(); number++) {
            if (interfaces.get(number).name().equals(name)) {
                return number;
            }
        }
        return -1;
    }

    private static void matchPositions(
            int items, List<InterfaceRequest> interfaces, int[] itemOf, String path, List<Problem> problems) {
        List<Integer> positions = positions(interfaces);
        for (int index = 0; index < items; index++) {
            if (index < positions.size() && positions.get(index) >= 0) {
                itemOf[positions.get(index)] = index;
            } else {
                problems.add(Problem.of(
                        ProblemType.INVALID,
                        path + "[" + index + "]",
                        Integer.toString(index),
                        "items without an interface are assigned by position: 0 is eth0, then the other interfaces in order",
                        index == 0
                                ? "no eth0 is requested: name the interface of each item"
                                : "the workload has " + shown(interfaces)
                                        + " only: join it to another network, or remove this item"));
            }
        }
    }

    private static String shown(List<InterfaceRequest> interfaces) {
        List<String> names =
                interfaces.stream().limit(SHOWN).map(InterfaceRequest::name).toList();
        return names + (interfaces.size() > SHOWN ? " and " + (interfaces.size() - SHOWN) + " more" : "");
    }

    /**
     * The number of the interface at each position. Position 0 is eth0, wherever it is listed, or
     * -1 without it.
     */
    private static List<Integer> positions(List<InterfaceRequest> interfaces) {
        List<Integer> positions = new ArrayList<>(interfaces.size() + 1);
        positions.add(-1);
        for (int number = 0; number < interfaces.size(); number++) {
            if (interfaces.get(number).name().equals(InterfaceRequest.PRIMARY)) {
                positions.set(0, number);
            } else {
                positions.add(number);
            }
        }
        return positions;
    }

    /** Assigns the items to some interfaces of a workload by their names: eth0, net1, net2. */
    private static void matchUsualPositions(int items, List<InterfaceRequest> interfaces, int[] itemOf) {
        for (int number = 0; number < itemOf.length; number++) {
            int position = usualPosition(interfaces.get(number).name());
            itemOf[number] = position < items ? position : -1;
        }
    }

    /** The position of an interface that Multus has named, or -1. */
    private static int usualPosition(String name) {
        if (name.equals(InterfaceRequest.PRIMARY)) {
            return 0;
        }
        boolean isNumbered = name.length() <= 8 && name.matches("net[1-9][0-9]*");
        return isNumbered ? Integer.parseInt(name.substring(3)) : -1;
    }

    /** Reports an item for an interface that is not requested, unless the request is partial. */
    static void reportNotRequested(PoolSelections selections, String where, String name, List<Problem> problems) {
        if (!selections.isPartial()) {
            problems.add(Problem.of(
                    ProblemType.INVALID,
                    where,
                    name,
                    "the interface of an item must be requested",
                    "request the interface, or remove the item"));
        }
    }

    static Problem withoutItem(String path, String name) {
        return Problem.of(
                ProblemType.REQUIRED,
                path,
                name,
                "every requested interface must have an item",
                "add an item for " + name);
    }
}

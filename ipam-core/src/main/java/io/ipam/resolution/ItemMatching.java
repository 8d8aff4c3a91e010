package io.ipam.resolution;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which item of a selection per interface is for which interface. Thread safety: immutable. */
final class ItemMatching {
    private static final int COMPARED_IN_PLACE = 8;

    /** By the number of an interface the index of its item, or -1. */
    private final int[] itemOf;

    private ItemMatching(int[] itemOf) {
        this.itemOf = itemOf;
    }

    /**
     * Matches items that have no {@link #problemsOf problems of their own} with the interfaces of a request; adds what is
     * wrong, with the path of the items.
     */
    static ItemMatching of(
            List<PodSelection.Item> items, List<InterfaceRequest> interfaces, String path, List<Problem> problems) {
        int[] itemOf = new int[interfaces.size()];
        Arrays.fill(itemOf, -1);
        if (items.get(0).interfaceName().isPresent()) {
            matchNames(items, interfaces, itemOf, path, problems);
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
            List<InterfaceRequest> interfaces,
            int[] itemOf,
            String path,
            List<Problem> problems) {
        Map<String, Integer> numbers = numbers(interfaces);
        for (int index = 0; index < items.size(); index++) {
            String name = items.get(index).interfaceName().orElseThrow();
            int number = numbers.isEmpty() ? numberOf(name, interfaces) : numbers.getOrDefault(name, -1);
            if (number >= 0) {
                itemOf[number] = index;
            } else {
                problems.add(notRequested(path + "[" + index + "].interface", name));
            }
        }
    }

    /** The number of each interface by name; empty when there are so few that it is found faster without. */
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
                        "items without an interface go by position: 0 is eth0, then the other interfaces in order",
                        index == 0
                                ? "no eth0 is requested: name the interface of each item"
                                : "the workload has " + names(interfaces)
                                        + " only: join it to another network, or remove this item"));
            }
        }
    }

    private static List<String> names(List<InterfaceRequest> interfaces) {
        return interfaces.stream().map(InterfaceRequest::name).toList();
    }

    /** The number of the interface at each position: eth0 first, wherever it is listed; position 0 is -1 without it. */
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

    static Problem notRequested(String where, String name) {
        return Problem.of(
                ProblemType.INVALID,
                where,
                name,
                "an item is for an interface that is requested",
                "request the interface, or remove the item");
    }

    static Problem withoutItem(String path, String name) {
        return Problem.of(
                ProblemType.REQUIRED,
                path,
                name,
                "every interface that is requested has an item",
                "add an item for " + name);
    }

    static List<String> itemNames(List<PodSelection.Item> items) {
        List<String> names = new ArrayList<>(items.size());
        for (int index = 0; index < items.size(); index++) {
            names.add(items.get(index).interfaceName().orElse(Integer.toString(index)));
        }
        return List.copyOf(names);
    }

    static List<Problem> problemsOf(List<PodSelection.Item> items) {
        if (items.isEmpty()) {
            return List.of(Problem.of(
                    ProblemType.REQUIRED, "", "[]", "at least one item is required", "add an item for each interface"));
        }
        if (areAllNamedApart(items)
                || items.stream().allMatch(item -> item.interfaceName().isEmpty())) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < items.size(); index++) {
            String name = items.get(index).interfaceName().orElse("");
            String where = "[" + index + "].interface";
            if (name.isEmpty()) {
                problems.add(Problem.of(
                        ProblemType.REQUIRED,
                        where,
                        "",
                        "either all items name their interface or none does",
                        "name the interface of this item, or remove all names"));
            } else if (!seen.add(name)) {
                problems.add(Problem.of(
                        ProblemType.DUPLICATE,
                        where,
                        name,
                        "an interface has one item",
                        "put all pools of " + name + " into one item"));
            }
        }
        return problems;
    }

    /** Whether all items name their interface and no two the same. A few names are compared in place, without garbage. */
    private static boolean areAllNamedApart(List<PodSelection.Item> items) {
        if (items.size() > COMPARED_IN_PLACE) {
            Set<Optional<String>> names = new HashSet<>();
            return items.stream().allMatch(item -> item.interfaceName().isPresent() && names.add(item.interfaceName()));
        }
        for (int index = 0; index < items.size(); index++) {
            Optional<String> name = items.get(index).interfaceName();
            boolean apart = name.isPresent();
            for (int before = 0; before < index && apart; before++) {
                apart = !name.equals(items.get(before).interfaceName());
            }
            if (!apart) {
                return false;
            }
        }
        return true;
    }
}

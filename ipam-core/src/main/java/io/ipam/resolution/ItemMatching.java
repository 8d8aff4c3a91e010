package io.ipam.resolution;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which item of a selection per interface is for which interface. Thread safety: immutable. */
final class ItemMatching {
    private static final int COMPARED_IN_PLACE = 8;
    private static final String ANNOTATION = "ipam.spidernet.io/ippools";

    private final Map<String, Integer> itemByInterface;

    private ItemMatching(Map<String, Integer> itemByInterface) {
        this.itemByInterface = itemByInterface;
    }

    /**
     * Matches items that have no {@link #problemsOf problems of their own} with the interfaces of a request; adds what is
     * wrong.
     */
    static ItemMatching of(List<PodSelection.Item> items, List<InterfaceRequest> interfaces, List<Problem> problems) {
        Map<String, Integer> byInterface = new HashMap<>();
        if (items.get(0).interfaceName().isPresent()) {
            matchNames(items, interfaces, byInterface, problems);
        } else {
            matchPositions(items.size(), interfaces, byInterface, problems);
        }
        for (InterfaceRequest request : interfaces) {
            if (!byInterface.containsKey(request.name())) {
                problems.add(withoutItem(ANNOTATION, request.name()));
            }
        }
        return new ItemMatching(byInterface);
    }

    /** The index of the interface's item, or -1. */
    int itemOf(String interfaceName) {
        return itemByInterface.getOrDefault(interfaceName, -1);
    }

    private static void matchNames(
            List<PodSelection.Item> items,
            List<InterfaceRequest> interfaces,
            Map<String, Integer> byInterface,
            List<Problem> problems) {
        Set<String> requested = new HashSet<>();
        interfaces.forEach(request -> requested.add(request.name()));
        for (int index = 0; index < items.size(); index++) {
            String name = items.get(index).interfaceName().orElseThrow();
            if (requested.contains(name)) {
                byInterface.put(name, index);
            } else {
                problems.add(notRequested(ANNOTATION + "[" + index + "].interface", name));
            }
        }
    }

    private static void matchPositions(
            int items, List<InterfaceRequest> interfaces, Map<String, Integer> byInterface, List<Problem> problems) {
        List<String> positions = positions(interfaces);
        for (int index = 0; index < items; index++) {
            if (index < positions.size() && !positions.get(index).isEmpty()) {
                byInterface.put(positions.get(index), index);
            } else {
                problems.add(Problem.of(
                        ProblemType.INVALID,
                        ANNOTATION + "[" + index + "]",
                        Integer.toString(index),
                        "items without an interface go by position: 0 is eth0, then the other interfaces in order",
                        index == 0
                                ? "no eth0 is requested: name the interface of each item"
                                : "only " + interfaces.size() + " interfaces are requested: remove this item"));
            }
        }
    }

    /** The interface at each position: eth0 first, wherever it is listed; position 0 is empty without it. */
    private static List<String> positions(List<InterfaceRequest> interfaces) {
        List<String> positions = new ArrayList<>(interfaces.size() + 1);
        positions.add("");
        for (InterfaceRequest request : interfaces) {
            if (request.name().equals(InterfaceRequest.PRIMARY)) {
                positions.set(0, request.name());
            } else {
                positions.add(request.name());
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

    static Problem withoutItem(String annotation, String name) {
        return Problem.of(
                ProblemType.REQUIRED,
                annotation,
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

package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Prefix;
import io.ipam.pool.Application;
import io.ipam.pool.LabelRequirement;
import java.util.List;
import java.util.Optional;

/** The wording of rejections that depends on their values. Thread safety: no state. */
final class RejectionText {
    /** The maximum number of names of one list in a text. */
    static final int SHOWN = 10;

    private RejectionText() {}

    /** Names in brackets, {@code [a, b]}; of a long list the first and the number of the others. */
    static String list(List<String> names) {
        return names.size() <= SHOWN
                ? names.toString()
                : "[" + String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more]";
    }

    /** As {@link LabelRequirement#toString}, with a bound on its values. */
    private static String shortened(LabelRequirement requirement) {
        int more = requirement.values().size() - SHOWN;
        if (more <= 0) {
            return requirement.toString();
        }
        List<String> first = requirement.values().stream().sorted().limit(SHOWN).toList();
        String text = new LabelRequirement(requirement.key(), requirement.operator(), first).toString();
        return text.substring(0, text.length() - 1) + " and " + more + " more)";
    }

    /** A pool lists nodes, namespaces, or networks; the actual one is empty if it is unknown. */
    static String served(String kind, List<String> names, String actual) {
        return "serves " + kind + "s " + list(names) + ", not " + (actual.isEmpty() ? "an unknown " + kind : actual);
    }

    static String nodeRemedy(List<String> names, String actual) {
        return actual.isEmpty()
                ? "state the node of the workload, one of " + list(names)
                : "add " + actual + " to its nodeName, or run on one of " + list(names);
    }

    static String namespaceRemedy(List<String> names, String actual) {
        return actual.isEmpty()
                ? "state the namespace of the workload, one of " + list(names)
                : "add " + actual + " to its namespaceName";
    }

    static String networkRemedy(List<String> names, Optional<String> actual) {
        return actual.map(network -> "add " + network + " to its multusName, or attach the interface to ")
                        .orElse("attach the interface to ")
                + (names.size() == 1 ? names.get(0) : "one of " + list(names));
    }

    static void check(String pool, LabelRequirement requirement, Optional<String> actual) {
        requireNonNull(pool, "pool");
        requireNonNull(requirement, "requirement");
        requireNonNull(actual, "actual");
    }

    /** Checks the pool and another part of a rejection, which has this name. */
    static void check(String pool, String name, Object part) {
        requireNonNull(pool, "pool");
        requireNonNull(part, name);
    }

    static String selector(String field, String subject, LabelRequirement requirement, Optional<String> actual) {
        String key = requirement.key();
        String found = actual.map(value -> "has " + key + "=" + value).orElse("has no label " + key);
        return "requires " + shortened(requirement) + " (" + field + "), but " + subject + " " + found;
    }

    static String selectorRemedy(String field, String subject, LabelRequirement requirement) {
        return "label " + subject + " so that " + shortened(requirement) + ", or change its " + field;
    }

    static String nodeSelector(String node, LabelRequirement requirement, Optional<String> actual) {
        String subject = isNodeUnknown(node, actual) ? "the unknown node" : "the node";
        return selector("nodeAffinity", subject, requirement, actual);
    }

    static String nodeSelectorRemedy(String node, LabelRequirement requirement, Optional<String> actual) {
        return isNodeUnknown(node, actual)
                ? "state the node of the workload and its labels"
                : selectorRemedy("nodeAffinity", "the node", requirement);
    }

    private static boolean isNodeUnknown(String node, Optional<String> actual) {
        return node.isEmpty() && actual.isEmpty();
    }

    /** Checks the parts of a rejection; returns a copy of the list, which has this name. */
    static <T> List<T> checked(String pool, String name, List<T> list, Object actual) {
        requireNonNull(pool, "pool");
        List<T> copy = List.copyOf(requireNonNull(list, name));
        requireNonNull(actual, "actual");
        return copy;
    }

    static String masterSubnet(Prefix subnet, List<Address> master) {
        String addresses = list(master.stream().map(Address::toString).toList());
        return "has the subnet " + subnet + ", which contains no address of the master interface " + addresses;
    }

    static String createdFor(String owner, Optional<Application> actual) {
        return "was created for " + owner + ", not for "
                + actual.map(RejectionText::application).orElse("a workload without an application");
    }

    private static String application(Application application) {
        return application.apiVersion() + " " + application.kind() + " " + application.namespace() + "/"
                + application.name();
    }

    static String refused(String filter, String explanation, Optional<Throwable> cause) {
        return cause.isPresent()
                ? "could not be checked: filter " + filter + " failed with " + cause.get()
                : "is refused by filter " + filter + ": " + explanation;
    }
}

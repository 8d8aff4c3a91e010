package io.ipam.annotations;

import io.ipam.json.JsonKeys;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The known annotations of pods and of namespaces with the prefix {@code ipam.spidernet.io/}.
 * Thread safety: immutable.
 */
final class KnownAnnotations {
    private static final String PREFIX = "ipam.spidernet.io/";

    /** Annotations of pods that Spiderpool reads or writes and this library does not. */
    private static final Set<String> OF_OTHERS =
            Set.of("dns", "default-route-nic", "status", "network-status", "cdi-version");
    /**
     * The prefix of the keys under which former releases of Spiderpool record an assignment, one
     * for each interface.
     */
    private static final String ASSIGNED = "assigned-";

    static final KnownAnnotations OF_POD = new KnownAnnotations(
            "pod",
            "namespace",
            AnnotationKeys.POOLS,
            AnnotationKeys.INTERFACE_POOLS,
            AnnotationKeys.ROUTES,
            AnnotationKeys.SUBNET,
            AnnotationKeys.SUBNETS,
            AnnotationKeys.POOL_SIZE,
            AnnotationKeys.RECLAIM);
    static final KnownAnnotations OF_NAMESPACE = new KnownAnnotations(
            "namespace", "pod", AnnotationKeys.DEFAULT_IPV4_POOLS, AnnotationKeys.DEFAULT_IPV6_POOLS);

    private final String other;
    private final String rule;
    private final JsonKeys names;
    private final Set<String> keys;

    private KnownAnnotations(String object, String other, String... keys) {
        String[] bare =
                Stream.of(keys).map(key -> key.substring(PREFIX.length())).toArray(String[]::new);
        this.other = other;
        this.keys = Set.of(keys);
        names = JsonKeys.of(bare);
        rule = "the annotations " + PREFIX + "... of a " + object + " are " + String.join(", ", bare);
    }

    /**
     * The refusals of all keys that no component reads, in the order of the keys. Cost:
     * O(annotations).
     */
    List<InvalidAnnotationException> refusals(Map<String, String> annotations) {
        List<String> unknown = List.of();
        for (String key : annotations.keySet()) {
            if (!keys.contains(key) && key.startsWith(PREFIX) && !isOfOthers(key.substring(PREFIX.length()))) {
                unknown = unknown.isEmpty() ? new ArrayList<>() : unknown;
                unknown.add(key);
            }
        }
        if (unknown.isEmpty()) {
            return List.of();
        }
        Collections.sort(unknown);
        return unknown.stream()
                .map(key -> InvalidAnnotationException.ofAnnotation(key, List.of(problem(key))))
                .toList();
    }

    private static boolean isOfOthers(String name) {
        return OF_OTHERS.contains(name) || name.startsWith(ASSIGNED);
    }

    private Problem problem(String key) {
        return Problem.of(ProblemType.NOT_SUPPORTED, "", key, rule, hint(key));
    }

    private String hint(String key) {
        if (OF_POD.keys.contains(key) || OF_NAMESPACE.keys.contains(key)) {
            return "this annotation belongs to the " + other;
        }
        return names.nearest(key.substring(PREFIX.length()))
                .map(name -> "did you mean \"" + PREFIX + name + "\"?")
                .orElse("remove this annotation");
    }
}

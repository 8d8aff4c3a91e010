package io.ipam.annotations;

import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.PodSelection;
import io.ipam.resolution.PoolNames;

/**
 * The annotation {@code ipam.spidernet.io/ippool}: pools for every interface of the pod.
 *
 * <pre>
 * ippool = null | { [ "ipv4" : names ] [ "ipv6" : names ] }      in any order
 * names  = null | [ name ... ]                                   see {@link NameList}
 * </pre>
 *
 * <p>{@code STRICT} refuses a selection without a name.
 */
final class PoolsAnnotation {
    static final String NO_NAME = "a selection must name at least one pool";
    static final String WRITE_A_NAME = "write {\"ipv4\":[\"blue-v4\"]}, or remove the annotation";

    private static final JsonKeys KEYS = JsonKeys.of(FamilyNames.keys())
            .elsewhere(
                    "an item of " + AnnotationKeys.INTERFACE_POOLS + " has this key: use that annotation",
                    "interface",
                    "cleangateway");
    static final Expected[] LISTS = FamilyNames.expectations("pools");
    private static final Expected POOLS = Expected.of(
                    "the value must be an object with lists of pool names, such as {\"ipv4\":[\"blue-v4\"]}")
            .hint(
                    JsonKind.ARRAY,
                    "write {\"ipv4\":[\"blue-v4\"]}; a list of interfaces belongs in the annotation "
                            + AnnotationKeys.INTERFACE_POOLS)
            .otherwise("write {\"ipv4\":[\"blue-v4\"]}");

    private PoolsAnnotation() {}

    static PodSelection read(JsonReader in, Reading reading) {
        FamilyNames names = new FamilyNames();
        JsonMembers members = in.members(KEYS, POOLS);
        if (members == null) {
            if (reading.strict() && in.isNull()) {
                in.problem(ProblemType.REQUIRED, "null", NO_NAME, WRITE_A_NAME);
            }
            return new PodSelection.AllInterfaces(PoolNames.none());
        }
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            names.read(in, key, LISTS, reading.checkedNames(0));
        }
        if (reading.strict() && names.isEmpty() && members.isClean()) {
            members.problem(ProblemType.REQUIRED, "{}", NO_NAME, WRITE_A_NAME);
        }
        return new PodSelection.AllInterfaces(names.asPoolNames());
    }
}

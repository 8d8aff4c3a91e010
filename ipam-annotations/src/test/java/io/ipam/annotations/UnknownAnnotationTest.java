package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations whose keys have the prefix and are not read. */
class UnknownAnnotationTest {
    private static final String PREFIX = "ipam.spidernet.io/";
    private static final String GOOD = "{\"ipv4\":[\"blue-v4\"]}";

    private static InvalidAnnotationException refused(Map<String, String> pod, Map<String, String> namespace) {
        return assertThrows(
                InvalidAnnotationException.class,
                () -> AnnotationReader.strict().read(pod, namespace));
    }

    @ParameterizedTest
    @CsvSource({
        "ipools, did you mean \"ipam.spidernet.io/ippools\"?",
        "ippol, did you mean \"ipam.spidernet.io/ippool\"?",
        "IPPool, did you mean \"ipam.spidernet.io/ippool\"?",
        "ip-pools, did you mean \"ipam.spidernet.io/ippools\"?",
        "route, did you mean \"ipam.spidernet.io/routes\"?",
        "subents, did you mean \"ipam.spidernet.io/subnets\"?",
        "ippool-ipnumber, did you mean \"ipam.spidernet.io/ippool-ip-number\"?",
        "ippool-reclam, did you mean \"ipam.spidernet.io/ippool-reclaim\"?",
        "default-ipv4-ippool, this annotation belongs to the namespace",
        "default-ipv6-ippol, remove this annotation",
        "anything, remove this annotation",
        "'', remove this annotation"
    })
    void read_unreadKeyOfPodIfStrict_isRefused(String name, String hint) {
        InvalidAnnotationException refused =
                refused(Map.of(PREFIX + name, "x", AnnotationKeys.INTERFACE_POOLS, "[" + GOOD + "]"), Map.of());
        assertEquals(PREFIX + name, refused.key());
        assertEquals(
                List.of(Problem.of(
                        ProblemType.NOT_SUPPORTED,
                        "",
                        PREFIX + name,
                        "the annotations ipam.spidernet.io/... of a pod are ippool, ippools, routes, subnet, subnets,"
                                + " ippool-ip-number, ippool-reclaim",
                        hint)),
                refused.problems());
    }

    @ParameterizedTest
    @CsvSource({
        "default-ipv4-ippools, did you mean \"ipam.spidernet.io/default-ipv4-ippool\"?",
        "default-ipv6-ipool, did you mean \"ipam.spidernet.io/default-ipv6-ippool\"?",
        "default-ipv5-ippool, remove this annotation",
        "ippool, this annotation belongs to the pod",
    })
    void read_unreadKeyOfNamespaceIfStrict_isRefused(String name, String hint) {
        Problem problem =
                refused(Map.of(), Map.of(PREFIX + name, "[\"a\"]")).problems().get(0);
        assertEquals(PREFIX + name, problem.offending());
        assertEquals(
                "the annotations ipam.spidernet.io/... of a namespace are default-ipv4-ippool, default-ipv6-ippool",
                problem.rule());
        assertEquals(hint, problem.hint());
    }

    /** As in 0037: the author of a pod cannot correct the namespace. */
    @Test
    void read_unreadKeyOfUnreadNamespace_isNotRefused() {
        PoolSelections selections = AnnotationReader.strict()
                .read(Map.of(AnnotationKeys.POOLS, GOOD), Map.of(PREFIX + "default-ipv4-ippol", "[\"a\"]"));
        assertTrue(selections.pod().isPresent());
    }

    @Test
    void read_unreadKeysAndOtherProblems_reportsAll() {
        Map<String, String> pod = new TreeMap<>(Map.of(
                PREFIX + "ippol", GOOD, PREFIX + "route", "[]", AnnotationKeys.SUBNET, "[]", "other.io/ippol", "x"));
        InvalidAnnotationException first = refused(pod, Map.of(PREFIX + "ipool", ""));
        assertEquals(
                List.of(PREFIX + "ippol", PREFIX + "route", AnnotationKeys.SUBNET),
                Stream.concat(
                                Stream.of(first),
                                Stream.of(first.getSuppressed()).map(InvalidAnnotationException.class::cast))
                        .map(InvalidAnnotationException::key)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns", "default-route-nic", "assigned-eth0", "status", "network-status", "cdi-version"})
    void read_keysOfOtherComponents_areIgnored(String name) {
        assertEquals(PoolSelections.none(), AnnotationReader.strict().read(Map.of(PREFIX + name, "x"), Map.of()));
    }

    @Test
    void read_unreadKeyIfCompatible_isIgnored() {
        assertEquals(
                PoolSelections.none().withMode(ReadingMode.COMPATIBLE),
                AnnotationReader.compatible().read(Map.of(PREFIX + "ipools", "x"), Map.of(PREFIX + "ippool", "x")));
    }
}

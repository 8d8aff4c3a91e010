package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static io.ipam.resolution.Requests.candidates;
import static io.ipam.resolution.Requests.interfaces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items of a selection per interface: by name, by position, and all their errors. */
class InterfaceItemsTest {

    /** "eth0:a" names its interface, ":a" is assigned by position. */
    private static PodSelection.PerInterface items(String... texts) {
        return new PodSelection.PerInterface(Arrays.stream(texts)
                .map(text -> new PodSelection.Item(
                        Optional.of(text.substring(0, text.indexOf(':'))),
                        PoolNames.of(Family.IPV4, text.substring(text.indexOf(':') + 1)),
                        false))
                .toList());
    }

    private static Resolution resolve(PodSelection items, String... names) {
        return Requests.resolve(
                PoolSelections.none().withPod(items).withInterfaces(interfaces(names)),
                v4("a", 1),
                v4("b", 2),
                v4("c", 3));
    }

    private static String answers(Resolution resolution) {
        return resolution.demands().stream()
                .map(demand -> demand.interfaceName() + "=" + String.join("+", candidates(demand)))
                .collect(Collectors.joining(" "));
    }

    private static List<String> problems(Resolution resolution) {
        assertFalse(resolution.servable());
        return resolution.problems().stream()
                .map(problem -> problem.type() + " " + problem.where() + " " + problem.offending())
                .toList();
    }

    @Test
    void items_byName_areAssigned() {
        assertEquals("eth0=a net1=b", answers(resolve(items("net1:b", "eth0:a"), "eth0", "net1")));
    }

    @Test
    void items_byPosition_areAssigned() {
        assertEquals("eth0=a net1=b net2=c", answers(resolve(items(":a", ":b", ":c"), "eth0", "net1", "net2")));
    }

    @Test
    void items_positionZero_isEth0() {
        assertEquals("net1=b eth0=a net2=c", answers(resolve(items(":a", ":b", ":c"), "net1", "eth0", "net2")));
    }

    @Test
    void items_positionWithoutInterface_isAProblem() {
        assertEquals(List.of("INVALID pod[1] 1"), problems(resolve(items(":a", ":b"), "eth0")));
        assertEquals(List.of("INVALID pod[0] 0"), problems(resolve(items(":a", ":b"), "net1")));
    }

    @Test
    void items_interfaceWithoutItem_isAProblem() {
        assertEquals(List.of("REQUIRED pod net1"), problems(resolve(items("eth0:a"), "eth0", "net1")));
        assertEquals(List.of("REQUIRED pod net1"), problems(resolve(items(":a"), "eth0", "net1")));
    }

    @Test
    void items_interfaceNotRequested_isAProblem() {
        assertEquals(List.of("INVALID pod[1].interface net7"), problems(resolve(items("eth0:a", "net7:b"), "eth0")));
    }

    @Test
    void items_severalProblems_areAllReported() {
        assertEquals(
                List.of(
                        "INVALID pod[0].interface net8",
                        "INVALID pod[1].interface net7",
                        "REQUIRED pod eth0",
                        "REQUIRED pod net1"),
                problems(resolve(items("net8:a", "net7:b"), "eth0", "net1")));
    }

    @Test
    void items_duplicateInterface_isAProblem() {
        assertEquals(
                List.of("DUPLICATE pod[2].interface eth0"),
                problems(resolve(items("eth0:a", "net1:b", "eth0:c"), "eth0", "net1")));
    }

    @Test
    void items_namesAndPositions_isAProblem() {
        assertEquals(List.of("REQUIRED pod[1].interface "), problems(resolve(items("eth0:a", ":b"), "eth0", "net1")));
        assertTrue(items("eth0:a", ":b").isPositional());
    }

    /** Few are compared with one another, many are looked up; the result is the same. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 20})
    void items_manyInterfaces_haveEqualResults(int n) {
        String[] names = IntStream.range(0, n).mapToObj(i -> "net" + i).toArray(String[]::new);
        String[] texts = IntStream.range(0, n)
                .mapToObj(i -> "net" + (n - 1 - i) + (i % 2 == 0 ? ":a" : ":b"))
                .toArray(String[]::new);
        assertEquals(
                IntStream.range(0, n)
                        .mapToObj(i -> "net" + i + ((n - 1 - i) % 2 == 0 ? "=a" : "=b"))
                        .collect(Collectors.joining(" ")),
                answers(resolve(items(texts), names)));
        texts[n - 1] = "net7x:c";
        assertEquals(
                List.of("INVALID pod[" + (n - 1) + "].interface net7x", "REQUIRED pod net0"),
                problems(resolve(items(texts), names)));
        texts[n - 1] = "net" + (n - 1) + ":c";
        assertEquals(
                List.of("DUPLICATE [" + (n - 1) + "].interface"),
                items(texts).problems().stream()
                        .map(problem -> problem.type() + " " + problem.where())
                        .toList());
        texts[n - 1] = ":c";
        assertEquals(
                "[" + (n - 1) + "].interface", items(texts).problems().get(0).where());
    }

    @Test
    void items_positionWithoutInterface_hasHint() {
        assertEquals(
                "the workload has [eth0] only: join it to another network, or remove this item",
                resolve(items(":a", ":b"), "eth0").problems().get(0).hint());
        assertEquals(
                "no eth0 is requested: name the interface of each item",
                resolve(items(":a"), "net1").problems().get(0).hint());
    }

    @Test
    void items_none_isAProblem() {
        assertEquals(List.of("REQUIRED pod []"), problems(resolve(items(), "eth0")));
    }

    @Test
    void items_itemWithoutNames_hasNoFamily() {
        PodSelection items = new PodSelection.PerInterface(List.of(
                PodSelection.Item.named("eth0", PoolNames.of(Family.IPV4, "a")),
                PodSelection.Item.named("net1", PoolNames.none())));
        Resolution resolution = resolve(items, "eth0", "net1");
        assertEquals(List.of("REQUIRED interface net1 net1"), problems(resolution));
        assertEquals("eth0=a", answers(resolution));
        assertTrue(resolution.problems().get(0).hint().contains("pod selection[1]"));
    }

    @Test
    void itemNames_byNameOrPosition_areListed() {
        assertEquals(List.of("net1", "eth0"), items("net1:a", "eth0:b").itemNames());
        assertEquals(List.of("0", "1"), items(":a", ":b").itemNames());
        List<Problem> none = items(":a", ":b").problems();
        assertEquals(List.of(), none);
        assertEquals(
                ProblemType.DUPLICATE,
                items("eth0:a", "eth0:b").problems().get(0).type());
        assertEquals(
                "[1].interface", items("eth0:a", "eth0:b").problems().get(0).where());
    }
}

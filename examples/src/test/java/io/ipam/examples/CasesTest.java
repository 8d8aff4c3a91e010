package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests of users that once had a wrong result. Each file is the only one in the directory that
 * is read.
 */
class CasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");

    static Stream<Arguments> served() {
        return Stream.of(
                Arguments.of(
                        "dumpdouble",
                        Map.of("shop/cart-5d9c7b-aaaaa", "10.1.0.10", "shop/cart-5d9c7b-bbbbb", "10.1.0.11")),
                Arguments.of("hostnetwork", Map.of("shop/app", "10.1.0.10")),
                Arguments.of("completed", Map.of("shop/app", "10.1.0.10")),
                Arguments.of("overlay", Map.of("shop/by-cni", "10.1.0.10", "shop/by-annotation", "10.1.0.11")),
                Arguments.of("nspath", Map.of("x-prod/web-0", "10.233.68.1", "y-prod/web-0", "10.233.68.3")),
                Arguments.of("staticips", Map.of("shop/a", "10.1.0.15", "shop/b", "10.1.0.16", "shop/c", "10.1.0.10")),
                Arguments.of("metaname", Map.of("test-ns/app", "10.1.0.10")));
    }

    @ParameterizedTest
    @MethodSource("served")
    void quickstart_case_servesEveryPod(String file, Map<String, String> addresses, @TempDir Path directory)
            throws Exception {
        Outcome outcome = Outcome.of(single(file, directory));
        assertEquals(addresses, outcome.addresses(), outcome::toString);
        int pods = addresses.size();
        assertTrue(outcome.out().contains("\n" + pods + " of " + pods + " pods have addresses.\n"), outcome::toString);
    }

    @Test
    void quickstart_interfaceOfAnotherIpam_isNotRequested(@TempDir Path directory) throws Exception {
        Outcome outcome = Outcome.of(single("overlay", directory));
        assertTrue(!outcome.out().contains("eth0"), outcome::toString);
        assertEquals(
                2,
                outcome.out()
                        .lines()
                        .filter(line -> line.startsWith("  net1  "))
                        .count());
    }

    @Test
    void quickstart_applicationsOfOneName_haveTwoPools(@TempDir Path directory) throws Exception {
        List<String> pools = Outcome.of(single("nspath", directory))
                .out()
                .lines()
                .filter(line -> line.startsWith("  create pool "))
                .map(line -> line.split(" ")[4])
                .toList();
        assertEquals(2, pools.stream().distinct().count(), pools::toString);
        assertTrue(pools.stream().allMatch(pool -> pool.matches("auto4-web-eth0-[0-9a-f]{5}")), pools::toString);
    }

    static Stream<Arguments> refused() {
        String again = " has this one already; rename or remove one of them";
        String deployment = "Deployment web: metadata.name: \"web\": must be unique among objects of kind Deployment of"
                + " namespace shop; ";
        return Stream.of(
                Arguments.of(
                        "dupdeploy", List.of("dupdeploy.yaml: " + deployment + "dupdeploy.yaml, document 2" + again)),
                Arguments.of(
                        "dupns",
                        List.of("dupns.yaml: Namespace shop: metadata.name: \"shop\": must be unique among objects of"
                                + " kind Namespace; dupns.yaml, document 2" + again)),
                Arguments.of(
                        "duppods",
                        List.of(
                                "duppods.yaml: SpiderReservedIP r: metadata.name: \"r\": must be unique among objects"
                                        + " of kind SpiderReservedIP; duppods.yaml, document 2" + again,
                                "duppods.yaml: " + deployment + "duppods.yaml, document 4" + again)),
                Arguments.of(
                        "twosubnets_dup",
                        List.of("twosubnets_dup.yaml: SpiderSubnet s5: spec.subnet: \"10.233.68.0/24\": two subnets"
                                + " must have no address in common; subnet s4 has 10.233.68.0/24; change the CIDR of subnet"
                                + " s5 or of subnet s4")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void quickstart_case_reportsEveryMistake(String file, List<String> lines, @TempDir Path directory)
            throws Exception {
        QuickstartRun run = QuickstartRun.of(single(file, directory).toString());
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(lines, run.err().lines().toList());
    }

    private static Path single(String file, Path directory) throws Exception {
        Files.copy(CASES.resolve(file + ".yaml"), directory.resolve(file + ".yaml"));
        return directory;
    }
}

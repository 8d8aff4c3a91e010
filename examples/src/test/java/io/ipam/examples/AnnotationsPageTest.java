package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in docs/annotations.md is compiled as it is there, and run from top to bottom. */
class AnnotationsPageTest {
    private static final Path PAGE = Path.of("../docs/annotations.md");
    private static final List<String> IMPORTS = List.of(
            "io.ipam.*",
            "io.ipam.address.*",
            "io.ipam.allocation.*",
            "io.ipam.annotations.*",
            "io.ipam.owner.*",
            "io.ipam.pool.*",
            "io.ipam.resolution.*",
            "java.io.PrintStream",
            "java.util.*");

    private static final String GIVEN = """
            Map<String, String> podAnnotations = Map.of(AnnotationKeys.POOLS, "{\\"ipv4\\":[\\"blue-v4\\"]}");
            Map<String, String> namespaceAnnotations = Map.of();
            Map<String, String> cniConfigurations = Map.of("eth0", "{}");
            Ipam ipam = Ipam.of(PoolCatalog.of(Pool.builder("blue-v4", "10.6.0.0/16").ips("10.6.1.1-10.6.1.9")
                .gateway("10.6.0.1").route("10.70.0.0/16", "10.6.0.2").build()));
            Workload pod = Workload.of(Owner.stateless("shop", "virt-launcher-vm-0-x", "7f3c"));
            """;
    private static final String CHECKED = """
            System.out.println(AnnotationReader.strict().read(texts.pod(), texts.namespace(), texts.cni()).equals(selections));
            """;

    @Test
    void page_codeOfTheExamples_printsItsComments(@TempDir Path classes) throws Exception {
        String code = String.join("", ReadmeOutputTest.blocks(Files.readString(PAGE), "java"));
        assertEquals(
                List.of(
                        "net1 10.6.1.9/16 gw 10.6.0.1 from blue-v4, [10.70.0.0/16 via 10.6.0.9]",
                        "shop/vm-0 (uid 7f3c)",
                        "c2:b0:57:49:47:f1",
                        "net1: 10.6.1.9 is given with prefix length 24, but pool blue-v4 has 16; the length of the pool"
                                + " is used",
                        "net1: the route 10.70.0.0/16 via 10.6.0.9 replaces 10.70.0.0/16 via 10.6.0.2 of pool blue-v4",
                        "true"),
                Snippet.run(IMPORTS, GIVEN + code + CHECKED, classes).lines().toList());
    }
}

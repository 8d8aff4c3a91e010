package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.subnet.Subnet;
import io.ipam.subnet.SubnetCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SubnetDocumentTest {
    private static final DocumentReader STRICT = DocumentReader.strict();
    private static final Subnet BLUE = Subnet.builder("blue", "10.6.0.0/16")
            .ips("10.6.1.0-10.6.1.9")
            .gateway("10.6.0.1")
            .build();

    @Provide
    Arbitrary<SubnetDocument> documents() {
        Arbitrary<Subnet> subnets = Combinators.combine(
                        Arbitraries.integers().between(1, 250),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(SubnetDocumentTest::subnet);
        Arbitrary<SubnetStatus> statuses = Combinators.combine(
                        Pools.any().map(pool -> SubnetCatalog.usage(BLUE, PoolCatalog.of(pool))),
                        Arbitraries.of(true, false))
                .as((usage, own) -> own
                        ? SubnetStatus.of(usage)
                        : new SubnetStatus(Optional.empty(), Optional.empty(), Optional.of("{}")));
        return Combinators.combine(subnets, statuses.optional()).as(SubnetDocument::new);
    }

    private static Subnet subnet(int last, boolean gateway, boolean route, boolean terminating) {
        var builder = Subnet.builder("subnet-" + last, "10.6.0.0/16")
                .ips("10.6.1.0-10.6.1." + last)
                .excludeIps("10.6.1." + last / 2)
                .labels(Map.of("rack", "r" + last));
        if (gateway) {
            builder.gateway("10.6.0.1");
        }
        if (route) {
            builder.route("10.9.0.0/16", "10.6.0.2");
        }
        if (terminating) {
            builder.terminating(Instant.parse("2026-11-01T08:00:00Z"));
        }
        return builder.build();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 200)
    void write_anySubnet_readsEqualAndWritesTheSameBytes(@ForAll("documents") SubnetDocument document) {
        String json = document.toJson();
        SubnetDocument read = STRICT.readSubnet(json);
        assertEquals(document, read);
        assertEquals(json, read.toJson());
        assertEquals(document, STRICT.readSubnet(document.toMap()));
    }

    @Test
    void status_ofUsage_namesPoolsWithAddresses() {
        PoolCatalog pools = PoolCatalog.of(
                Pool.builder("by-hand", "10.6.0.0/16")
                        .ips("10.6.1.2-10.6.1.3", "10.6.1.7")
                        .build(),
                Pool.builder("empty", "10.6.0.0/16").build());
        assertEquals(
                "{\"apiVersion\":\"spiderpool.spidernet.io/v2beta1\",\"kind\":\"SpiderSubnet\","
                        + "\"metadata\":{\"name\":\"blue\"},"
                        + "\"spec\":{\"gateway\":\"10.6.0.1\",\"ipVersion\":4,\"ips\":[\"10.6.1.0-10.6.1.9\"],"
                        + "\"subnet\":\"10.6.0.0/16\"},\"status\":{\"allocatedIPCount\":3,"
                        + "\"controlledIPPools\":\"{\\\"by-hand\\\":{\\\"ips\\\":[\\\"10.6.1.2-10.6.1.3\\\",\\\"10.6.1.7\\\"]},"
                        + "\\\"empty\\\":{}}\",\"totalIPCount\":10}}",
                SubnetDocument.of(BLUE)
                        .withStatus(SubnetStatus.of(SubnetCatalog.usage(BLUE, pools)))
                        .toJson());
    }

    @Test
    void read_listOfPoolsAndSubnets_returnsBoth() {
        Documents documents = STRICT.read("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                + SubnetDocument.of(BLUE).toJson() + ","
                + PoolDocument.of(Pool.builder("p", "10.6.0.0/16").build()).toJson() + "]}");
        assertEquals(List.of(BLUE), documents.subnets());
        assertEquals(List.of("p"), documents.pools().stream().map(Pool::name).toList());
        assertEquals(documents, STRICT.read(documents.toJson()));
    }

    @Test
    void read_invalidSubnet_reportsEachPath() {
        InvalidDocumentException refused = assertThrows(
                InvalidDocumentException.class,
                () -> STRICT.readSubnet("{\"apiVersion\":\"spiderpool.spidernet.io/v2beta1\",\"kind\":\"SpiderSubnet\","
                        + "\"metadata\":{\"name\":\"blue\"},\"spec\":{\"subnet\":\"10.6.0.0/16\","
                        + "\"ips\":[\"10.6.1.9-10.6.1.1\"],\"gateway\":\"10.7.0.1\",\"colour\":\"blue\","
                        + "\"routes\":[{\"dst\":\"10.9.0.0/16\"}]}}"));
        assertEquals(
                List.of("spec.colour", "spec.gateway", "spec.ips[0]", "spec.routes[0].gw"),
                refused.problems().stream().map(Problem::where).sorted().toList());
    }
}

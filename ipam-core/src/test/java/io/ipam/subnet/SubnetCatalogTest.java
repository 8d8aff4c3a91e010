package io.ipam.subnet;

import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Prefix;
import io.ipam.address.Prefixes;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubnetCatalogTest {
    private static final Subnet BLUE = Subnet.builder("blue", "10.6.0.0/16")
            .ips("10.6.1.0-10.6.1.9")
            .excludeIps("10.6.1.3")
            .gateway("10.6.0.1")
            .route("10.9.0.0/16", "10.6.0.2")
            .build();

    @Test
    void subnet_byNameOrPrefix_isFound() {
        SubnetCatalog catalog = SubnetCatalog.of(BLUE);
        assertEquals(Optional.of(BLUE), catalog.subnet("blue"));
        assertEquals(Optional.of(BLUE), catalog.subnet(Prefix.parse("10.6.0.0/16")));
        assertEquals(Optional.empty(), catalog.subnet(Prefix.parse("10.6.0.0/17")));
        assertEquals(Optional.empty(), catalog.subnet("green"));
        assertEquals(SubnetCatalog.EMPTY, catalog.without("blue"));
        assertEquals(catalog, SubnetCatalog.EMPTY.with(BLUE));
        assertEquals(catalog.hashCode(), SubnetCatalog.EMPTY.with(BLUE).hashCode());
        assertNotEquals(catalog, SubnetCatalog.EMPTY);
        assertNotEquals(catalog, List.of(BLUE));
    }

    @Test
    void of_equalNamesOrOverlaps_throws() {
        Subnet again = Subnet.builder("blue", "10.7.0.0/16").build();
        Subnet inside = Subnet.builder("inside", "10.6.4.0/24").build();
        Subnet same = Subnet.builder("same", "10.6.0.0/16").build();
        InvalidSubnetException refused =
                assertThrows(InvalidSubnetException.class, () -> SubnetCatalog.of(List.of(BLUE, BLUE, inside, same)));
        assertEquals(
                List.of("subnets[blue].metadata.name", "subnets[same].spec.subnet", "subnets[inside].spec.subnet"),
                refused.problems().stream().map(Problem::where).toList());
        assertThrows(InvalidSubnetException.class, () -> SubnetCatalog.of(BLUE).with(inside));
        assertEquals(List.of(again), SubnetCatalog.of(BLUE).with(again).subnets());
    }

    /**
     * Three subnets within a block of four addresses: of nested subnets, all but the outermost are
     * reported.
     */
    @Test
    void of_nestedSubnets_reportsEach() {
        List<Prefix> prefixes = Prefixes.within(Prefix.parse("10.6.0.8/30"));
        for (Prefix a : prefixes) {
            for (Prefix b : prefixes) {
                for (Prefix c : prefixes) {
                    List<Prefix> three = List.of(a, b, c);
                    long outermost = three.stream()
                            .distinct()
                            .filter(one -> three.stream().noneMatch(other -> other.contains(one) && !other.equals(one)))
                            .count();
                    assertEquals(3 - outermost, problems(a, b, c).size(), three::toString);
                }
            }
        }
    }

    private static List<Problem> problems(Prefix... prefixes) {
        List<Subnet> subnets = IntStream.range(0, prefixes.length)
                .mapToObj(i ->
                        Subnet.builder("subnet-" + i, prefixes[i].toString()).build())
                .toList();
        try {
            assertEquals(subnets, SubnetCatalog.of(subnets).subnets());
            return List.of();
        } catch (InvalidSubnetException refused) {
            return refused.problems();
        }
    }

    @Test
    void build_invalidDefinition_hasProblemsOfAPool() {
        InvalidSubnetException refused = assertThrows(
                InvalidSubnetException.class,
                () -> Subnet.builder("blue", "10.6.0.1/16")
                        .ips("10.6.0.9-10.6.0.1")
                        .gateway("10.9.0.1")
                        .build());
        assertEquals("subnet blue", refused.subject());
        Problem found = Problem.of(ProblemType.MALFORMED, "spec.gateway", "7", "text is expected");
        assertEquals(
                List.of("INVALID spec.subnet", "MALFORMED spec.gateway"),
                Subnet.builder("blue", "10.6.0.0/16").family(6).problem(found).problems().stream()
                        .map(problem -> problem.type() + " " + problem.where())
                        .toList());
        assertTrue(refused.problems().size() >= 2, refused.getMessage());
        assertEquals(
                refused.problems(),
                Subnet.builder("blue", "10.6.0.1/16")
                        .ips("10.6.0.9-10.6.0.1")
                        .gateway("10.9.0.1")
                        .problems());
    }

    @Test
    void toBuilder_rebuilt_isEqual() {
        Map<String, String> labels = Map.of("team", "net");
        Subnet full = BLUE.toBuilder().labels(labels).terminating(Instant.EPOCH).build();
        for (Subnet subnet : List.of(BLUE, full)) {
            assertEquals(subnet, subnet.toBuilder().build());
            assertEquals(subnet.hashCode(), subnet.toBuilder().build().hashCode());
        }
        assertEquals(labels, full.labels());
        assertEquals(Optional.of(Instant.EPOCH), full.deletedAt());
        assertEquals(List.of(), full.toBuilder().family(full.family().number()).problems());
        assertEquals(
                Subnet.builder("blue", "10.6.0.0/16")
                        .ips(BLUE.ipTexts())
                        .excludeIps(BLUE.excludeIpTexts())
                        .gateway("10.6.0.1")
                        .routes(BLUE.routes())
                        .labels(labels)
                        .terminating(Instant.EPOCH)
                        .build(),
                full);
        assertNotEquals(BLUE, full);
        assertNotEquals(BLUE, BLUE.toBuilder().ips("10.6.2.0").build());
        assertNotEquals(BLUE, BLUE.toBuilder().route("10.8.0.0/16", "10.6.0.2").build());
    }

    @Test
    void usage_pools_areCounted() {
        Pool pool = pool("by-hand", "10.6.0.0/16", "10.6.1.0-10.6.1.4", "10.6.7.7");
        Pool stranger = pool("stranger", "10.7.0.0/16", "10.7.1.0");
        SubnetUsage usage = SubnetCatalog.usage(BLUE, PoolCatalog.of(pool, stranger));
        assertEquals(BigInteger.valueOf(9), usage.total());
        assertEquals(BigInteger.valueOf(4), usage.allocatedCount());
        assertEquals(BigInteger.valueOf(5), usage.freeCount());
        assertEquals(List.of("10.6.1.5-10.6.1.9"), usage.free().texts());
        assertEquals(
                List.of("by-hand"),
                usage.pools().stream().map(SubnetUsage.Share::pool).toList());
        assertEquals(
                List.of("10.6.1.0-10.6.1.2", "10.6.1.4"),
                usage.pools().get(0).addresses().texts());
        assertEquals("subnet blue: 4 of 9 addresses in 1 pool, 5 free", usage.toString());
    }

    @Test
    void usage_reservedAndDetachedAddresses_areNotFree() {
        Pool pool = pool("by-hand", "10.6.0.0/16", "10.6.1.0-10.6.1.4");
        Pool gone = pool("gone", "10.6.0.0/16", "10.6.1.9");
        PoolCatalog pools = PoolCatalog.of(pool)
                .withReserved(ReservedRange.parse(
                        "r", pool.family(), List.of("10.6.1.4-10.6.1.6", "10.6.1.9", "10.6.200.1")));
        SubnetUsage usage = SubnetCatalog.usage(BLUE, pools, Shop.heldBesides(List.of(gone), "gone", "10.6.1.9"));
        assertEquals(List.of("10.6.1.7-10.6.1.8"), usage.free().texts());
        assertEquals(List.of("10.6.1.5-10.6.1.6"), usage.reserved().texts());
        assertEquals(BigInteger.valueOf(5), usage.allocatedCount());
        assertEquals("subnet blue: 5 of 9 addresses in 2 pools, 2 reserved, 2 free", usage.toString());
    }

    @Test
    void of_repeatedNamesAndOverlaps_areReportedAtTheirSubnets() {
        Subnet green = Subnet.builder("green", "10.6.0.0/24").build();
        InvalidSubnetException refused =
                assertThrows(InvalidSubnetException.class, () -> SubnetCatalog.of(BLUE, BLUE, BLUE, green));
        assertEquals(
                List.of(
                        "subnets[blue].metadata.name: \"blue\": subnet names must be unique;"
                                + " rename or remove one of them",
                        "subnets[green].spec.subnet: \"10.6.0.0/24\": two subnets must have no address in common; subnet blue"
                                + " has 10.6.0.0/16; change the CIDR of subnet green or of subnet blue"),
                refused.problems().stream().map(Problem::message).toList());
    }

    @Test
    void of_manyOverlaps_listsAThousand() {
        List<Subnet> many = IntStream.range(0, 1500)
                .mapToObj(i -> Subnet.builder("s" + i, "10.6.0.0/16").build())
                .toList();
        InvalidSubnetException refused = assertThrows(InvalidSubnetException.class, () -> SubnetCatalog.of(many));
        assertEquals(1000, refused.problems().size());
    }
}

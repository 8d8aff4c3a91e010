package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import inet.ipaddr.IPAddressString;
import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PoolBuilderTest {

    private static PoolBuilder blue() {
        return Pool.builder("blue-v4", "10.6.0.0/16");
    }

    private static PoolBuilder full() {
        return blue().ips("10.6.1.0-10.6.1.255", "10.6.2.7")
                .excludeIps("10.6.1.1")
                .staticIps("10.6.1.9-10.6.1.20", "10.6.1.15", "10.6.2.7")
                .gateway("10.6.1.1")
                .route("10.7.1.2/16", "10.6.0.9")
                .labels(Map.of("team", "net"))
                .affinity(PoolAffinity.none()
                        .withPod(LabelSelector.of(Map.of("app", "web")))
                        .withNode(LabelSelector.everything())
                        .withNamespace(LabelSelector.of(Map.of("env", "prod")))
                        .withNamespaceNames(List.of("shop"))
                        .withNodeNames(List.of("node-a"))
                        .withAttachments(List.of("kube-system/macvlan")))
                .defaultPool(true)
                .disabled(true)
                .terminating(Instant.EPOCH);
    }

    @Example
    void build_allFields_areReturned() {
        Pool pool = full().build();
        assertEquals("blue-v4", pool.name());
        assertEquals(Family.IPV4, pool.family());
        assertEquals(Prefix.parse("10.6.0.0/16"), pool.subnet());
        assertEquals(List.of("10.6.1.0-10.6.1.255", "10.6.2.7"), pool.ipTexts());
        assertEquals(List.of("10.6.1.1"), pool.excludeIpTexts());
        assertEquals(BigInteger.valueOf(257), pool.listed().size());
        assertEquals(BigInteger.valueOf(256), pool.addresses().size());
        assertEquals(AddressSet.parse(Family.IPV4, List.of("10.6.1.1")), pool.excluded());
        assertEquals(List.of("10.6.1.9-10.6.1.20", "10.6.1.15", "10.6.2.7"), pool.staticIpTexts());
        assertEquals(
                List.of("10.6.1.9-10.6.1.20", "10.6.2.7"),
                pool.staticAddresses().texts());
        assertEquals(Address.parse("10.6.1.1"), pool.gateway().orElseThrow());
        assertEquals("[10.7.0.0/16 via 10.6.0.9]", pool.routes().toString());
        assertEquals(Map.of("team", "net"), pool.labels());
        assertEquals(List.of("shop"), pool.affinity().namespaceNames());
        assertTrue(pool.isDefault() && pool.isDisabled() && pool.isTerminating());
        assertEquals(Instant.EPOCH, pool.deletedAt().orElseThrow());
        assertFalse(pool.isAutoCreated());
        assertEquals(
                "pool blue-v4 (10.6.0.0/16, [10.6.1.0, 10.6.1.2-10.6.1.255, 10.6.2.7], gateway 10.6.1.1, "
                        + "routes [10.7.0.0/16 via 10.6.0.9], static [10.6.1.9-10.6.1.20, 10.6.2.7], default, disabled, terminating)",
                pool.toString());
    }

    @Example
    void build_minimalPool_servesAllWorkloads() {
        Pool pool = Pool.builder("p", "fd00::/64").build();
        assertTrue(pool.addresses().isEmpty());
        assertFalse(pool.isDefault() || pool.isDisabled() || pool.isTerminating());
        assertEquals(PoolAffinity.none(), pool.affinity());
        assertEquals("pool p (fd00::/64, [])", pool.toString());
    }

    @Example
    void build_severalProblems_reportsAll() {
        PoolBuilder builder = Pool.builder("", "10.6.0.1/16")
                .family(6)
                .ips("10.6.0.1", "bad", "10.6.0.9-10.6.0.5", "10.7.0.1", "fd00::1", "")
                .excludeIps("10.6.0.7/24")
                .gateway("10.8.0.1")
                .route("0.0.0.0/0", "10.6.0.300")
                .route("10.9.1.0/16", "10.6.0.9")
                .route("10.9.0.0/16", "10.6.0.9")
                .affinity(PoolAffinity.none().withPod(LabelSelector.everything()))
                .problem(Problem.of(ProblemType.MALFORMED, "spec.disable", "yes", "a boolean is expected"));
        List<String> expected = List.of(
                "REQUIRED metadata.name",
                "INVALID spec.subnet",
                "INVALID spec.subnet",
                "INVALID spec.ips[1]",
                "INVALID spec.ips[2]",
                "INVALID spec.ips[3]",
                "INVALID spec.ips[4]",
                "INVALID spec.ips[5]",
                "INVALID spec.excludeIPs[0]",
                "INVALID spec.gateway",
                "INVALID spec.routes[0].dst",
                "INVALID spec.routes[0].gw",
                "INVALID spec.routes[2].dst",
                "INVALID spec.podAffinity",
                "MALFORMED spec.disable");
        assertEquals(expected, outline(builder.problems()));
        InvalidPoolException thrown = assertThrows(InvalidPoolException.class, builder::build);
        assertEquals(builder.problems(), thrown.problems());
        assertTrue(builder.problems().get(1).hint().contains("10.6.0.0/16"));
    }

    private static List<String> outline(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.type() + " " + problem.where())
                .toList();
    }

    private static List<String> staticProblems(PoolBuilder builder) {
        return builder.problems().stream().map(Problem::message).toList();
    }

    @Example
    void build_staticRangesOutsideThePool_reportsEach() {
        PoolBuilder builder = blue().ips("10.6.1.0-10.6.1.9", "10.6.1.20-10.6.1.29")
                .excludeIps("10.6.1.5")
                .staticIps("10.6.1.0-10.6.1.4", "10.6.1.8-10.6.1.21", "10.6.1.4-10.6.1.6", "10.6.1.10", "10.6.1.5")
                .staticIps(List.of("10.7.0.1", "10.6.1.9-10.6.1.1", "fd00::1", ""));
        String rule = "must be within spec.ips without spec.excludeIPs; ";
        String removed = ", or remove it from the static ranges";
        assertEquals(
                List.of(
                        "staticIPs[1]: \"10.6.1.8-10.6.1.21\": " + rule + "add 10.6.1.10 to spec.ips" + removed,
                        "staticIPs[2]: \"10.6.1.4-10.6.1.6\": " + rule + "remove 10.6.1.5 from spec.excludeIPs"
                                + removed,
                        "staticIPs[3]: \"10.6.1.10\": " + rule + "add 10.6.1.10 to spec.ips" + removed,
                        "staticIPs[4]: \"10.6.1.5\": " + rule + "remove 10.6.1.5 from spec.excludeIPs" + removed),
                staticProblems(builder).subList(4, 8));
        assertEquals(
                List.of("INVALID staticIPs[5]", "INVALID staticIPs[6]", "INVALID staticIPs[7]", "INVALID staticIPs[8]"),
                outline(builder.problems()).subList(0, 4));
        assertEquals(8, builder.problems().size());
    }

    /** The range is not compared with an invalid list. */
    @Example
    void build_staticRangeAndUnreadableIps_reportsTheIpsOnly() {
        assertEquals(
                List.of("INVALID spec.ips[0]"),
                outline(blue().ips("x").staticIps("10.6.1.1").problems()));
        assertEquals(
                List.of("INVALID spec.excludeIPs[0]"),
                outline(blue().ips("10.6.1.2")
                        .excludeIps("x")
                        .staticIps("10.6.1.1")
                        .problems()));
    }

    @Example
    void equals_staticRangesDiffer_isFalse() {
        PoolBuilder builder = blue().ips("10.6.1.0-10.6.1.9");
        Pool without = builder.build();
        Pool with = builder.staticIps("10.6.1.1").build();
        assertNotEquals(without, with);
        assertEquals(with, with.toBuilder().build());
        assertTrue(without.staticAddresses().isEmpty());
    }

    @Example
    void problems_invalidSubnet_reportsOthersToo() {
        PoolBuilder builder = Pool.builder("p", "10.6.0.0")
                .ips("bad", "10.6.0.1")
                .gateway("x")
                .route("10.9.0.0/16", "y");
        assertEquals(
                List.of(
                        "INVALID spec.subnet",
                        "INVALID spec.ipVersion",
                        "INVALID spec.ips[0]",
                        "INVALID spec.gateway",
                        "INVALID spec.routes[0].gw"),
                outline(builder.problems()));
        assertEquals(
                List.of("INVALID spec.subnet", "INVALID spec.ips[0]", "INVALID spec.ips[2]"),
                outline(Pool.builder("p", "10.6.0.0")
                        .family(Family.IPV4)
                        .ips("bad", "10.6.0.1", "fd00::1")
                        .problems()));
        assertEquals(
                List.of("REQUIRED spec.subnet", "INVALID spec.ipVersion"),
                outline(Pool.builder("p", "").problems()));
    }

    @Example
    void build_wrongFamily_isRefused() {
        assertEquals(
                List.of("NOT_SUPPORTED spec.ipVersion"),
                outline(blue().family(5).problems()));
        assertEquals(List.of("INVALID spec.subnet"), outline(blue().family(6).problems()));
        assertEquals(List.of(), blue().family(4).problems());
        assertEquals(List.of("FORBIDDEN spec.ipVersion"), outline(blue().problems(Set.of(Family.IPV6))));
        assertThrows(InvalidPoolException.class, () -> blue().build(Set.of()));
        assertEquals("blue-v4", blue().build(Set.of(Family.IPV4)).name());
    }

    @Example
    void build_gatewayInRange_isRefusedUnlessExcluded() {
        PoolBuilder builder = Pool.builder("p", "fd00::/64")
                .ips("fd00::9", "fd00::1-fd00::5", "fd00::2")
                .gateway("FD00::2");
        assertEquals(List.of("INVALID spec.ips[1]", "INVALID spec.ips[2]"), outline(builder.problems()));
        assertTrue(builder.problems().get(0).hint().contains("spec.excludeIPs"));
        assertEquals(2, builder.excludeIps("fd00::3").problems().size());
        assertEquals(List.of(), builder.excludeIps("fd00:0::1-fd00::3").problems());
    }

    @Example
    void problems_invalidExclusion_omitsGatewayProblem() {
        PoolBuilder builder =
                blue().ips("10.6.0.1-10.6.0.9").excludeIps("10.6.0.1-10.6.0.x").gateway("10.6.0.1");
        assertEquals(List.of("INVALID spec.excludeIPs[0]"), outline(builder.problems()));
    }

    @Example
    void problems_rangeBeyondSubnet_isReportedOnce() {
        PoolBuilder builder = blue().ips("10.6.0.1-10.7.0.1").gateway("10.6.0.1");
        assertEquals(List.of("INVALID spec.ips[0]"), outline(builder.problems()));
    }

    @Example
    void ips_addressSet_isAccepted() {
        Pool pool = full().build();
        Pool same = Pool.builder(pool.name(), pool.subnet().toString())
                .ips(pool.listed())
                .excludeIps(pool.excluded())
                .routes(pool.routes())
                .build();
        assertEquals(pool.listed(), same.listed());
        assertEquals(pool.excluded(), same.excluded());
        assertEquals(pool.routes(), same.routes());
    }

    @Example
    void gateway_address_isAccepted() {
        assertEquals(Address.parse("10.6.0.1"), gateway(blue().gateway(Address.parse("10.6.0.1"))));
        assertEquals(
                Address.parse("10.6.0.1"), gateway(blue().gateway(new IPAddressString("10.6.0.1/16").getAddress())));
        assertThrows(
                io.ipam.address.InvalidAddressException.class,
                () -> blue().gateway(new IPAddressString("10.6.0.0/16").getAddress()));
    }

    private static Address gateway(PoolBuilder builder) {
        return builder.build().gateway().orElseThrow();
    }

    @Example
    void build_autoCreatedPool_namesOnlyItsApplication() {
        Application application = new Application("apps/v1", "Deployment", "shop", "n".repeat(253), "7f3c", 3);
        LabelSelector owner = LabelSelector.builder()
                .anyValues()
                .matchLabels(application.affinityLabels())
                .build();
        PoolAffinity affinity = PoolAffinity.none().withPod(owner);
        PoolBuilder builder = blue().affinity(affinity);
        assertEquals(List.of("INVALID spec.podAffinity.matchLabels"), outline(builder.problems()));
        builder.labels(Map.of(Pool.OWNER_APPLICATION_NAME_LABEL, "cart"));
        assertEquals(List.of(), builder.problems());
        assertTrue(builder.build().isAutoCreated());
        LabelSelector more = LabelSelector.builder()
                .matchLabel("extra", "x")
                .matchExpression("app", "Exists", List.of())
                .build();
        builder.affinity(PoolAffinity.none().withPod(more));
        assertEquals(List.of("INVALID spec.podAffinity", "INVALID spec.podAffinity"), outline(builder.problems()));
    }

    @Example
    void build_invalidLabelInSelector_isRefused() {
        LabelSelector any =
                LabelSelector.builder().anyValues().matchLabel("app", "not ok").build();
        PoolBuilder builder =
                blue().affinity(PoolAffinity.none().withNamespace(any).withNode(any));
        assertEquals(
                List.of("INVALID spec.namespaceAffinity.matchLabels", "INVALID spec.nodeAffinity.matchLabels"),
                outline(builder.problems()));
    }

    @Property
    void toBuilder_rebuilt_isEqual(@ForAll("pools") PoolBuilder builder) {
        Pool pool = builder.build();
        assertEquals(pool, pool.toBuilder().build());
        assertEquals(pool.hashCode(), pool.toBuilder().build().hashCode());
        assertEquals(pool.toString(), pool.toBuilder().build().toString());
        assertEquals(pool.listed().minus(pool.excluded()), pool.addresses());
        assertTrue(pool.subnet().range().size().compareTo(pool.addresses().size()) >= 0);
    }

    @Example
    void equals_anyFieldDiffers_isFalse() {
        Pool pool = full().build();
        List<Pool> others = List.of(
                pool.toBuilder().ips("10.6.3.1").build(),
                pool.toBuilder().ips("10.6.2.7").build(),
                pool.toBuilder().excludeIps("10.6.9.9").build(),
                pool.toBuilder().gateway("10.6.9.1").build(),
                pool.toBuilder().route("10.8.0.0/16", "10.6.0.9").build(),
                pool.toBuilder().labels(Map.of("team", "other")).build(),
                pool.toBuilder().affinity(PoolAffinity.none()).build(),
                pool.toBuilder().defaultPool(false).build(),
                pool.toBuilder().disabled(false).build(),
                pool.toBuilder().terminating(Instant.MAX).build(),
                Pool.builder("blue-v4", "10.6.0.0/15").build(),
                blue().build());
        others.forEach(other -> assertNotEquals(pool, other));
        assertNotEquals(pool, "pool");
        assertEquals(full().build(), pool);
    }

    @Example
    void build_laterChangeOfSource_hasNoEffect() {
        List<String> ips = new ArrayList<>(List.of("10.6.0.1"));
        Map<String, String> labels = new HashMap<>(Map.of("a", "b"));
        PoolBuilder builder = blue().ips(ips).labels(labels);
        Pool pool = builder.build();
        String text = pool.toString();
        ips.add("10.6.0.2");
        labels.put("c", "d");
        builder.ips("10.6.0.3").excludeIps("10.6.0.1").labels(Map.of("e", "f")).route("10.7.0.0/16", "10.6.0.1");
        assertEquals(text, pool.toString());
        assertEquals(List.of("10.6.0.1"), pool.ipTexts());
        assertEquals(Map.of("a", "b"), pool.labels());
        assertThrows(UnsupportedOperationException.class, () -> pool.labels().put("x", "y"));
        assertThrows(UnsupportedOperationException.class, () -> pool.ipTexts().add("x"));
        assertThrows(UnsupportedOperationException.class, () -> pool.routes().clear());
    }

    @Example
    void setters_null_throw() {
        assertThrows(NullPointerException.class, () -> Pool.builder(null, "10.6.0.0/16"));
        assertThrows(NullPointerException.class, () -> Pool.builder("p", (String) null));
        assertThrows(NullPointerException.class, () -> blue().ips("10.6.0.1", null));
        assertThrows(NullPointerException.class, () -> blue().excludeIps(Arrays.asList("x", null)));
        assertThrows(NullPointerException.class, () -> blue().gateway((String) null));
        assertThrows(NullPointerException.class, () -> blue().route("10.7.0.0/16", null));
        assertThrows(NullPointerException.class, () -> blue().labels(Collections.singletonMap("a", null)));
        assertThrows(NullPointerException.class, () -> blue().affinity(null));
        assertThrows(NullPointerException.class, () -> blue().problems(null));
    }

    @Example
    void build_hostileText_hasProblems() {
        String huge = "9".repeat(1_000_000);
        PoolBuilder builder = Pool.builder(huge, huge)
                .ips(huge, huge + "-" + huge, "\u0000", "\ud800", "\u0661\u0660.\u0666.\u0660.\u0661", "10.6.0.1\n")
                .gateway(huge)
                .route(huge, huge);
        List<Problem> problems = builder.problems();
        assertEquals(11, problems.size());
        problems.forEach(problem -> assertTrue(problem.offending().length() <= 128, problem::where));
        InvalidPoolException thrown = assertThrows(InvalidPoolException.class, builder::build);
        assertTrue(thrown.getMessage().length() < 20_000);
        assertEquals(
                100_000,
                blue().ips(Collections.nCopies(100_000, "x")).problems().size());
    }

    @Example
    void build_anySize_isCheap() {
        Pool everything = Pool.builder("all", "::/0")
                .ips("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                .build();
        assertEquals(BigInteger.ONE.shiftLeft(128), everything.addresses().size());
        Pool host = Pool.builder("one", "10.6.0.1/32").ips("10.6.0.1").build();
        assertEquals(BigInteger.ONE, host.addresses().size());
    }

    @Provide
    Arbitrary<PoolBuilder> pools() {
        Arbitrary<List<String>> ranges = Arbitraries.integers()
                .between(30, 250)
                .map(from -> "10.6.1." + from + "-10.6.1." + (from + 5))
                .list()
                .ofMaxSize(5);
        return ranges.flatMap(ips -> ranges.map(excluded ->
                full().ips(ips).excludeIps(excluded).disabled(ips.isEmpty()).defaultPool(excluded.isEmpty())));
    }
}

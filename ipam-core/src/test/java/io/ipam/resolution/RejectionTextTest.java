package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.fixture.Owners;
import io.ipam.pool.Application;
import io.ipam.pool.LabelRequirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reasons name the workload, even if parts of it are unknown. */
class RejectionTextTest {
    private static final Application CART = new Application("apps/v1", "Deployment", "shop", "cart", "u-1", 2);

    @Test
    void reason_eachWorkload_namesIt() {
        assertEquals("serves nodes [b], not a", new Rejection.NodeNameMismatch("p", List.of("b"), "a").reason());
        assertEquals(
                "serves nodes [b], not an unknown node",
                new Rejection.NodeNameMismatch("p", List.of("b"), "").reason());
        assertEquals(
                "serves namespaces [bank], not shop",
                new Rejection.NamespaceNameMismatch("p", List.of("bank"), "shop").reason());
    }

    /** The name of an unknown node or namespace cannot be added to a pool. */
    @Test
    void remedy_nodeOrNamespaceUnknown_requestsItFromTheCaller() {
        assertEquals(
                "state the node of the workload, one of [a, b]",
                new Rejection.NodeNameMismatch("p", List.of("a", "b"), "").remedy());
        assertEquals(
                "add a to its nodeName, or run on one of [b]",
                new Rejection.NodeNameMismatch("p", List.of("b"), "a").remedy());
        assertEquals(
                "serves namespaces [shop], not an unknown namespace",
                new Rejection.NamespaceNameMismatch("p", List.of("shop"), "").reason());
        assertEquals(
                "state the namespace of the workload, one of [shop]",
                new Rejection.NamespaceNameMismatch("p", List.of("shop"), "").remedy());
        LabelRequirement zone = new LabelRequirement("zone", LabelRequirement.Operator.IN, List.of("a"));
        Rejection unknown = new Rejection.NodeSelectorMismatch("p", zone, "", Optional.empty());
        assertEquals("requires zone in (a) (nodeAffinity), but the unknown node has no label zone", unknown.reason());
        assertEquals("state the node of the workload and its labels", unknown.remedy());
        Rejection known = new Rejection.NodeSelectorMismatch("p", zone, "n1", Optional.empty());
        assertEquals("label the node so that zone in (a), or change its nodeAffinity", known.remedy());
    }

    @Test
    void text_manyNamesOrValues_isBounded() {
        List<String> many = IntStream.range(1000, 6000).mapToObj(i -> "n" + i).toList();
        String first = "n1000, n1001, n1002, n1003, n1004, n1005, n1006, n1007, n1008, n1009 and 4990 more";
        LabelRequirement zone = new LabelRequirement("zone", LabelRequirement.Operator.IN, many);
        assertEquals(
                List.of(
                        "serves nodes [" + first + "], not x",
                        "add x to its nodeName, or run on one of [" + first + "]",
                        "serves namespaces [" + first + "], not x",
                        "eth0: IPv6 is not enabled, so n1000, n1001, n1002, n1003, n1004 and 4995 more is ignored",
                        "serves networks [" + first + "], not an unknown network",
                        "attach the interface to one of [" + first + "]",
                        "requires zone in (" + first.replace(", ", ",")
                                + ") (nodeAffinity), but the node has no label zone",
                        "label the node so that zone in (" + first.replace(", ", ",")
                                + "), or change its nodeAffinity"),
                List.of(
                        new Rejection.NodeNameMismatch("p", many, "x").reason(),
                        new Rejection.NodeNameMismatch("p", many, "x").remedy(),
                        new Rejection.NamespaceNameMismatch("p", many, "x").reason(),
                        new Note.DisabledFamilyNamed("eth0", Family.IPV6, many).text(),
                        new Rejection.AttachmentMismatch("p", many, Optional.empty()).reason(),
                        new Rejection.AttachmentMismatch("p", many, Optional.empty()).remedy(),
                        new Rejection.NodeSelectorMismatch("p", zone, "x", Optional.empty()).reason(),
                        new Rejection.NodeSelectorMismatch("p", zone, "x", Optional.empty()).remedy()));
    }

    @Test
    void reason_autoCreatedPool_namesApplication() {
        Workload workload = Workload.builder(Owners.CART)
                .application(CART)
                .labels(Requests.labels())
                .build();
        assertEquals(
                "was created for apps/v1 Deployment shop/till, not for apps/v1 Deployment shop/cart",
                new Rejection.ApplicationMismatch("p", "apps/v1 Deployment shop/till", workload.application())
                        .reason());
        assertEquals(
                "was created for apps/v1 Deployment shop/till, not for a workload without an application",
                new Rejection.ApplicationMismatch("p", "apps/v1 Deployment shop/till", Optional.empty()).reason());
    }

    @Test
    void remedy_eachRejection_isACommand() {
        Rejection joined = new Rejection.AttachmentMismatch("p", List.of("net/red"), Optional.of("net/blue"));
        assertEquals("add net/blue to its multusName, or attach the interface to net/red", joined.remedy());
        Rejection alone = new Rejection.AttachmentMismatch("p", List.of("net/red", "net/green"), Optional.empty());
        assertEquals("attach the interface to one of [net/red, net/green]", alone.remedy());
        Rejection refused = new Rejection.CustomFilter("p", "size", "too small", Optional.empty());
        assertEquals("satisfy filter size: too small", refused.remedy());
        Rejection failed = new Rejection.CustomFilter("p", "size", "", Optional.of(new IllegalStateException("no")));
        assertEquals("repair filter size", failed.remedy());
        assertEquals("create it, or correct the name", new Rejection.UnknownPool("p", Optional.empty()).remedy());
        Rejection unranked = new Rejection.CustomOrder("p", new IllegalStateException("no"));
        assertEquals("repair the order", unranked.remedy());
        assertTrue(unranked.reason().endsWith("IllegalStateException: no"), unranked::reason);
    }

    @Test
    void item_withoutName_isPositional() {
        PoolNames names = PoolNames.of(Family.IPV4, "a");
        assertFalse(new PodSelection.PerInterface(List.of(PodSelection.Item.named("eth0", names))).isPositional());
        assertTrue(new PodSelection.PerInterface(List.of(PodSelection.Item.positional(names))).isPositional());
    }

    @Test
    void note_eachKind_hasItsText() {
        assertEquals(
                "the owner holds 10.0.0.1 from p for an unknown interface, and no demand adopts it",
                new Note.RecordNotAdopted(Requests.holding("", "p", "10.0.0.1", "u")).text());
        assertEquals(
                "eth0: IPv6 is not enabled, so six is ignored",
                new Note.DisabledFamilyNamed("eth0", Family.IPV6, List.of("six")).text());
        assertEquals("p", new DemandResolution.Candidate(v4("p", 1), false).toString());
    }

    @Test
    void label_ofNoReader_isThatOfTheSource() {
        assertEquals("pod selection", PoolSelections.none().label(Source.POD).title());
        assertEquals("namespace default", Source.NAMESPACE.label().title(Family.IPV4));
        assertEquals("pod[1].ipv4", Source.POD.label().path("[1]", Family.IPV4));
    }

    @Test
    void label_withFamily_holdsItsNumber() {
        Source.Label label = new Source.Label("annotation of " + Source.Label.FAMILY, "pools-" + Source.Label.FAMILY);
        assertEquals("annotation of 6", label.title(Family.IPV6));
        assertEquals("pools-6", label.path("[1]", Family.IPV6));
    }

    @Test
    void equals_selectionsWithOtherLabels_areEqual() {
        PoolSelections plain = PoolSelections.none();
        PoolSelections labelled = plain.withLabels(Map.of(Source.POD, new Source.Label("t", "p")));
        assertEquals(plain, labelled);
        assertEquals(plain.hashCode(), labelled.hashCode());
        assertEquals(
                "t", labelled.withMode(ReadingMode.COMPATIBLE).label(Source.POD).title());
        assertNotEquals(plain, labelled.withMode(ReadingMode.COMPATIBLE));
    }

    @Test
    void repeats_upToFive_areListed() {
        List<String> five = IntStream.range(0, 5).mapToObj(i -> "p" + i).toList();
        assertEquals(
                "the pattern p* names p0, p1, p2, p3, p4 again; only the first occurrence is used",
                new Note.NamedTwice(five, "p*").text());
    }
}

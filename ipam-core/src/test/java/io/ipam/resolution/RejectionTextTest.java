package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reasons say who came, also where that is not known. */
class RejectionTextTest {
    private static final Application CART = new Application("apps/v1", "Deployment", "shop", "cart", "u-1", 2);

    @Test
    void whoCame() {
        assertEquals(
                "is for nodes [b], not for node a", new Rejection.NodeNameMismatch("p", List.of("b"), "a").reason());
        assertEquals(
                "is for nodes [b], not for an unknown node",
                new Rejection.NodeNameMismatch("p", List.of("b"), "").reason());
        assertEquals(
                "is for namespaces [bank], not for namespace shop",
                new Rejection.NamespaceNameMismatch("p", List.of("bank"), "shop").reason());
    }

    @Test
    void forWhomAPoolWasCreated() {
        Workload workload = Workload.builder(Requests.CART)
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
    void whatToDo() {
        Rejection joined = new Rejection.AttachmentMismatch("p", List.of("net/red"), Optional.of("net/blue"));
        assertEquals("add net/blue to its multusName, or attach the interface to net/red", joined.remedy());
        Rejection alone = new Rejection.AttachmentMismatch("p", List.of("net/red", "net/green"), Optional.empty());
        assertEquals("attach the interface to one of [net/red, net/green]", alone.remedy());
        Rejection refused = new Rejection.CustomFilter("p", "size", "too small", Optional.empty());
        assertEquals("satisfy filter size: too small", refused.remedy());
        Rejection failed = new Rejection.CustomFilter("p", "size", "", Optional.of(new IllegalStateException("no")));
        assertEquals("repair filter size", failed.remedy());
        assertEquals("create it, or correct the name", new Rejection.UnknownPool("p").remedy());
        Rejection unranked = new Rejection.CustomOrder("p", new IllegalStateException("no"));
        assertEquals("repair the order", unranked.remedy());
        assertTrue(unranked.reason().endsWith("IllegalStateException: no"), unranked::reason);
    }

    @Test
    void onlyItemsWithoutANameArePositional() {
        PoolNames names = PoolNames.of(Family.IPV4, "a");
        assertFalse(new PodSelection.PerInterface(List.of(PodSelection.Item.named("eth0", names))).isPositional());
        assertTrue(new PodSelection.PerInterface(List.of(PodSelection.Item.positional(names))).isPositional());
    }

    @Test
    void notes() {
        assertEquals(
                "the owner holds 10.0.0.1 from p for an unknown interface, and no demand adopts it",
                new Note.RecordNotAdopted(Requests.holding("", "p", "10.0.0.1", "u")).text());
        assertEquals(
                "eth0: IPv6 is not enabled, so [six] was not looked at",
                new Note.DisabledFamilyNamed("eth0", Family.IPV6, List.of("six")).text());
        assertEquals("p", new Candidate(Requests.v4("p", 1), false).toString());
    }

    @Test
    void label_ofNoReader_isThatOfTheSource() {
        assertEquals("pod selection", PoolSelections.none().label(Source.POD).title());
        assertEquals("namespace default", Source.NAMESPACE.label().title(Family.IPV4));
        assertEquals("pod[1].ipv4", Source.POD.label().path("[1]", Family.IPV4));
    }

    @Test
    void label_withFamily_holdsItsNumber() {
        SourceLabel label = new SourceLabel("annotation of " + SourceLabel.FAMILY, "pools-" + SourceLabel.FAMILY);
        assertEquals("annotation of 6", label.title(Family.IPV6));
        assertEquals("pools-6", label.path("[1]", Family.IPV6));
    }

    @Test
    void equals_selectionsWithOtherLabels_areEqual() {
        PoolSelections plain = PoolSelections.none();
        PoolSelections labelled = plain.withLabels(Map.of(Source.POD, new SourceLabel("t", "p")));
        assertEquals(plain, labelled);
        assertEquals(plain.hashCode(), labelled.hashCode());
        assertEquals(
                "t", labelled.withMode(ReadingMode.COMPATIBLE).label(Source.POD).title());
        assertNotEquals(plain, labelled.withMode(ReadingMode.COMPATIBLE));
    }

    @Test
    void fiveRepeatsAreShownInFull() {
        List<String> five = IntStream.range(0, 5).mapToObj(i -> "p" + i).toList();
        assertEquals(
                "the pattern p* names p0, p1, p2, p3, p4 again; only the first time counts",
                new Note.NamedTwice(five, "p*").text());
    }
}

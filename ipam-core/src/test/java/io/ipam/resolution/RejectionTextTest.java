package io.ipam.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import java.util.List;
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
    void onlyItemsWithoutANameArePositional() {
        PoolNames names = PoolNames.of(Family.IPV4, "a");
        assertFalse(new PodSelection.PerInterface(List.of(PodSelection.Item.named("eth0", names))).isPositional());
        assertTrue(new PodSelection.PerInterface(List.of(PodSelection.Item.positional(names))).isPositional());
    }

    @Test
    void fiveRepeatsAreShownInFull() {
        List<String> five = IntStream.range(0, 5).mapToObj(i -> "p" + i).toList();
        assertEquals(
                "the pattern p* names p0, p1, p2, p3, p4 again; only the first time counts",
                new Note.NamedTwice(five, "p*").text());
    }
}

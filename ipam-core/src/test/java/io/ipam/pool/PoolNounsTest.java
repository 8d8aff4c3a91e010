package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The small records of the package. */
class PoolNounsTest {

    @Test
    void route_differentFamilies_throws() {
        Route route = new Route(Prefix.parse("10.1.0.0/16"), Address.parse("10.0.0.1"));
        assertEquals("10.1.0.0/16 via 10.0.0.1", route.toString());
        assertFalse(route.isDefault());
        assertTrue(new Route(Prefix.parse("::/0"), Address.parse("fd00::1")).isDefault());
        assertThrows(IllegalArgumentException.class, () -> new Route(route.destination(), Address.parse("fd00::1")));
    }

    @Test
    void application_apiVersion_isSplit() {
        Application application = new Application("apps/v1", "Deployment", "shop", "cart", "7f3c", 3);
        assertEquals("apps", application.apiGroup());
        assertEquals("v1", application.version());
        assertEquals(
                "{ipam.spidernet.io/app-api-group=apps, ipam.spidernet.io/app-api-version=v1, "
                        + "ipam.spidernet.io/app-kind=Deployment, ipam.spidernet.io/app-name=cart, "
                        + "ipam.spidernet.io/app-namespace=shop}",
                application.affinityLabels().toString());
        assertEquals(Application.AFFINITY_KEYS, application.affinityLabels().keySet());
        Application core = new Application("v1", "Pod", "shop", "cart-0", "7f3c", 0);
        assertEquals("apps/v1 Deployment shop/cart (uid 7f3c, 3 replicas)", application.toString());
        assertEquals("", core.apiGroup());
        assertEquals("v1", core.version());
        assertThrows(IllegalArgumentException.class, () -> new Application("v1", "Pod", "a", "b", "c", -1));
    }

    @Test
    void affinity_lists_areCopied() {
        List<String> names = new ArrayList<>(List.of("a"));
        PoolAffinity affinity = PoolAffinity.none()
                .withNamespaceNames(names)
                .withNodeNames(names)
                .withAttachments(names)
                .withPod(LabelSelector.of(Map.of("app", "web")));
        names.add("b");
        assertEquals(List.of("a"), affinity.namespaceNames());
        assertEquals(List.of("a"), affinity.nodeNames());
        assertEquals(List.of("a"), affinity.attachments());
        assertEquals("app=web", affinity.pod().orElseThrow().toString());
        assertTrue(affinity.node().isEmpty() && affinity.namespace().isEmpty());
    }

    @Test
    void reservedRange_ofASet_equalsThatOfTexts() {
        AddressSet addresses = AddressSet.parse(Family.IPV6, List.of("fd00::/120", "fd00::1:0"));
        assertEquals(
                ReservedRange.parse("r", Family.IPV6, List.of("fd00::-fd00::ff", "fd00::1:0")),
                ReservedRange.of("r", addresses));
        assertEquals(
                ReservedRange.of("r", addresses),
                ReservedRange.parse("r", Family.IPV6, List.of("FD00::1:0/128", "fd00::/120")));
        assertThrows(IllegalArgumentException.class, () -> ReservedRange.of("", addresses));
        InvalidPoolException refused = assertThrows(
                InvalidPoolException.class,
                () -> ReservedRange.parse("r", Family.IPV6, List.of("fd00::/120", "fd00::1/120")));
        assertEquals("spec.ips[1]", refused.problems().get(0).where());
        assertEquals("write fd00::/120", refused.problems().get(0).hint());
    }

    @Test
    void reservedRange_severalProblems_reportsAll() {
        ReservedRange range = ReservedRange.parse("r", Family.IPV4, List.of("10.0.0.1-10.0.0.9", "10.0.0.5"));
        assertEquals(AddressSet.parse(Family.IPV4, List.of("10.0.0.1-10.0.0.9")), range.addresses());
        assertTrue(range.asTerminating().terminating());
        InvalidPoolException thrown = assertThrows(
                InvalidPoolException.class,
                () -> ReservedRange.parse("", Family.IPV4, List.of("bad", "10.0.0.1", "::1")));
        assertEquals(
                List.of("metadata.name", "spec.ips[0]", "spec.ips[2]"),
                thrown.problems().stream().map(Problem::where).toList());
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReservedRange("r", Family.IPV6, AddressSet.empty(Family.IPV4), false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ReservedRange("", Family.IPV4, AddressSet.empty(Family.IPV4), false));
    }
}

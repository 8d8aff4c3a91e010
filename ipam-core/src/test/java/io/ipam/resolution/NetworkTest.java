package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The network that an interface joins, and bare names of networks. */
class NetworkTest {

    private static int candidates(ResolverSettings settings, InterfaceRequest request, String network) {
        PoolCatalog catalog = PoolCatalog.of(v4("p", 1, PoolAffinity.none().withAttachments(List.of(network))));
        PoolSelections selections = Requests.pod("p").withInterfaces(List.of(request));
        Resolution resolution =
                PoolResolver.of(settings).resolve(Requests.cart(), selections, catalog, UsageView.none());
        return Requests.candidates(resolution.demands().get(0)).size();
    }

    @Test
    void network_bareNameOfEth0_isInSystemNamespace() {
        ResolverSettings settings = ResolverSettings.defaults().withSystemNamespace("sys");
        InterfaceRequest eth0 = InterfaceRequest.of("eth0").withAttachment("sys/blue");
        assertEquals(1, candidates(settings, eth0, "blue"));
        assertEquals(1, candidates(settings, eth0, "sys/blue"));
        assertEquals(0, candidates(settings, eth0, "shop/blue"));
        assertEquals(1, candidates(settings, eth0.withAttachment("blue"), "blue"));
        assertEquals(0, candidates(settings, eth0.withAttachment("shop/blue"), "blue"));
    }

    @Test
    void network_bareNameOfOtherInterface_isInNamespaceOfWorkload() {
        ResolverSettings settings = ResolverSettings.defaults().withSystemNamespace("sys");
        InterfaceRequest net1 = InterfaceRequest.of("net1").withAttachment("blue");
        assertEquals(1, candidates(settings, net1, Requests.cart().namespace() + "/blue"));
        assertEquals(0, candidates(settings, net1, "sys/blue"));
        assertEquals(0, candidates(settings, net1, "blue"));
    }

    @Test
    void network_clusterNetwork_isOnlyForEth0() {
        ResolverSettings settings =
                ResolverSettings.defaults().withSystemNamespace("sys").withClusterNetwork("blue");
        assertEquals(1, candidates(settings, InterfaceRequest.of("eth0"), "blue"));
        assertEquals(0, candidates(settings, InterfaceRequest.of("net1"), "blue"));
        assertEquals(0, candidates(settings, InterfaceRequest.of("eth0").withAttachment("sys/red"), "blue"));
        assertEquals(0, candidates(ResolverSettings.defaults(), InterfaceRequest.of("eth0"), "blue"));
    }

    @Property
    void isSame_anyNames_comparesQualifiedNames(
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 3) String system,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 3) String namespace,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 3) String network,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 3) String other) {
        String qualified = namespace + "/" + network;
        assertEquals((system + "/" + other).equals(qualified), Networks.isSame(other, qualified, system));
        assertEquals(
                (other + "/" + network).equals(qualified), Networks.isSame(other + "/" + network, qualified, system));
    }
}

package io.ipam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.Ipam;
import io.ipam.IpamSettings;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.store.InMemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The calls of a runtime for a pod with two interfaces. */
class CniBackEndTest {
    private static final PoolCatalog POOLS = PoolCatalog.of(
            Pool.builder("front", "10.6.0.0/16")
                    .ips("10.6.1.0-10.6.1.1")
                    .gateway("10.6.0.1")
                    .build(),
            Pool.builder("back", "10.7.0.0/16")
                    .ips("10.7.1.0")
                    .route("10.8.0.0/16", "10.7.0.1")
                    .build());
    private static final Map<String, String> TWO = Map.of(
            "ipam.spidernet.io/ippools",
            "[{\"interface\":\"eth0\",\"ipv4\":[\"front\"]},{\"interface\":\"net1\",\"ipv4\":[\"back\"]}]");
    private static final Owner POD = Owner.stateless("shop", "cart-0", "7f3c");

    private final Ipam ipam = Ipam.of(POOLS);
    private final CniBackEnd backEnd = new CniBackEnd(ipam);

    private static CniBackEnd.Call call(Owner pod, String interfaceName) {
        return new CniBackEnd.Call(
                pod, interfaceName, "{\"type\":\"macvlan\",\"ipam\":{\"type\":\"spiderpool\"}}", TWO, Map.of());
    }

    private static Map<String, Object> front(String address) {
        return Map.of(
                "cniVersion",
                "1.0.0",
                "ips",
                List.of(Map.of("address", address, "gateway", "10.6.0.1")),
                "routes",
                List.of(Map.of("dst", "0.0.0.0/0", "gw", "10.6.0.1")));
    }

    @Test
    void add_eachInterface_isServedFromItsItem() {
        assertEquals(
                Map.of(
                        "cniVersion",
                        "1.0.0",
                        "ips",
                        List.of(Map.of("address", "10.7.1.0/16")),
                        "routes",
                        List.of(Map.of("dst", "10.8.0.0/16", "gw", "10.7.0.1"))),
                backEnd.add(call(POD, "net1")));
        assertEquals(front("10.6.1.0/16"), backEnd.add(call(POD, "eth0")));
        assertEquals(front("10.6.1.0/16"), backEnd.add(call(POD, "eth0")));
        assertEquals(2, ipam.heldBy(POD).size());
    }

    @Test
    void check_afterAddAndDel_verifiesTheAddresses() {
        backEnd.add(call(POD, "eth0"));
        assertEquals(Map.of(), backEnd.check(call(POD, "eth0"), Set.of("10.6.1.0")));
        assertEquals(101, backEnd.check(call(POD, "net1"), Set.of("10.6.1.0")).get("code"));
        backEnd.del(POD, "eth0");
        assertEquals(
                Map.of("cniVersion", "1.0.0", "code", 101, "msg", "eth0 holds [], not [10.6.1.0]"),
                backEnd.check(call(POD, "eth0"), Set.of("10.6.1.0")));
    }

    @Test
    void del_oneInterfaceTwice_keepsTheOther() {
        backEnd.add(call(POD, "eth0"));
        backEnd.add(call(POD, "net1"));
        backEnd.del(POD, "eth0");
        backEnd.del(POD, "eth0");
        assertEquals("net1", ipam.heldBy(POD).get(0).interfaceName());
        assertEquals(1, ipam.heldBy(POD).size());
    }

    /** The ADDs of one pod are not all or nothing: the first address stays until DEL. */
    @Test
    void add_secondInterfaceRefused_keepsTheFirst() {
        Owner other = Owner.stateless("shop", "cart-1", "8a11");
        backEnd.add(call(other, "net1"));
        backEnd.add(call(POD, "eth0"));
        Map<String, Object> refused = backEnd.add(call(POD, "net1"));
        assertEquals(11, refused.get("code"));
        assertTrue(refused.get("msg").toString().contains("no free address in back"), refused::toString);
        assertEquals(1, ipam.heldBy(POD).size());
        backEnd.del(other, "net1");
        assertEquals(
                "10.7.1.0/16",
                ((Map<?, ?>) ((List<?>) backEnd.add(call(POD, "net1")).get("ips")).get(0)).get("address"));
    }

    @Test
    void del_podOfAStatefulSet_keepsItsAddress() {
        Owner first = Owner.stateful("shop", "db-0", "u1");
        Owner next = Owner.stateful("shop", "db-0", "u2");
        backEnd.add(call(first, "eth0"));
        backEnd.add(call(first, "net1"));
        backEnd.del(first, "eth0");
        assertEquals(front("10.6.1.0/16"), backEnd.add(call(next, "eth0")));
        assertEquals(2, ipam.heldBy(next).size());
    }

    @Test
    void add_configurationInvalid_isAnError() {
        CniBackEnd.Call broken = new CniBackEnd.Call(POD, "eth0", "{", Map.of(), Map.of());
        assertEquals(7, backEnd.add(broken).get("code"));
    }

    /** The nodes of a cluster share a realm; DEL may reach another node than ADD did. */
    @Test
    void del_onAnotherNode_freesTheAddress() {
        InMemoryStore store = new InMemoryStore();
        try (Ipam left = Ipam.create(store.session(), POOLS, IpamSettings.defaults());
                Ipam right = Ipam.open(store.session(), IpamSettings.defaults())) {
            assertEquals(front("10.6.1.0/16"), new CniBackEnd(left).add(call(POD, "eth0")));
            new CniBackEnd(right).del(POD, "eth0");
            left.sync();
            assertEquals(List.of(), left.heldBy(POD));
        }
    }
}

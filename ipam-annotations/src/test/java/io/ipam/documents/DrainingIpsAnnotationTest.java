package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.Ipam;
import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.allocation.RestoreMode;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.resolution.PoolNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Draining addresses in the annotation of a pool document. */
class DrainingIpsAnnotationTest {
    private static final Pool SMALLER =
            Pool.builder("p", "10.6.0.0/16").ips("10.6.1.0-10.6.1.4").build();

    private static Map<String, Object> document(String key, String value) {
        Map<String, Object> tree =
                new HashMap<>(Trees.pool("p", "{'subnet':'10.6.0.0/16','ips':['10.6.1.0-10.6.1.4']}"));
        tree.put("metadata", Map.of("name", "p", "annotations", Map.of(key, value)));
        return tree;
    }

    private static List<String> problems(String key, String value) {
        return assertThrows(
                        InvalidDocumentException.class,
                        () -> DocumentReader.strict().readPool(document(key, value)))
                .problems()
                .stream()
                .map(Problem::message)
                .toList();
    }

    @Test
    void read_addressesOutsideTheListedOnes_drain() {
        Pool pool = DocumentReader.strict()
                .readPool(document("ipam.io/draining-ips", "[\"10.6.1.8\",\"10.6.1.9\"]"))
                .pool();
        assertEquals(List.of("10.6.1.8-10.6.1.9"), pool.drainingAddresses().texts());
        assertEquals(List.of("10.6.1.0-10.6.1.4"), pool.listed().texts());
    }

    @Test
    void read_addressThatIsListed_isAProblemOfTheAnnotation() {
        assertEquals(
                List.of("metadata.annotations[\"ipam.io/draining-ips\"][1]: \"10.6.1.4\": must not be within spec.ips"
                        + " without spec.excludeIPs; remove it from the draining addresses"),
                problems("ipam.io/draining-ips", "[\"10.6.1.9\",\"10.6.1.4\"]"));
        assertEquals(1, problems("ipam.io/draining-ips", "\"10.6.1.9\"").size());
        assertEquals(1, problems("ipam.io/drainingips", "[]").size());
    }

    /** Without a store, the documents that a controller writes and reads again keep the drain. */
    @Test
    void restart_fromWrittenDocuments_continuesToDrain() {
        Ipam ipam = Ipam.of(PoolCatalog.of(
                Pool.builder("p", "10.6.0.0/16").ips("10.6.1.0-10.6.1.9").build()));
        Owner owner = Owner.stateless("shop", "cart-0", "7f3c");
        ipam.allocate(owner, "eth0", PoolNames.of(Family.IPV4, "p"), Address.parse("10.6.1.9"))
                .orElseThrow();
        ipam.updateByDraining(ipam.catalog(), PoolCatalog.of(SMALLER));
        Pool draining = ipam.catalog().pool("p").orElseThrow();
        AllocatedIps records =
                Takeover.allocatedIps(ipam.state().export("p"), "p").orElseThrow();
        String written = PoolDocument.of(draining)
                .withStatus(PoolStatus.of(draining, records))
                .toJson();

        PoolDocument read = DocumentReader.strict().readPool(written);
        Ipam next = Ipam.of(PoolCatalog.of(read.pool()));
        next.state().restore(Takeover.builder().read(List.of(read)).snapshot(), RestoreMode.HOLD);
        assertEquals(List.of(), next.state().strays());
        assertEquals(1, next.usage("p").orElseThrow().draining());
        next.release(owner);
        assertEquals(SMALLER, next.catalog().pool("p").orElseThrow());
    }
}

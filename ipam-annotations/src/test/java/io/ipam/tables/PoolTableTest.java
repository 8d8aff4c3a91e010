package io.ipam.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.PoolUsage;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PoolTableTest {
    private static final Pool MADE_FOR_AN_APPLICATION = Pool.builder(
                    "auto4-demo-deploy-subnet-eth0-fcca4", "172.100.0.0/16")
            .ips("172.100.0.10-172.100.0.11")
            .labels(Map.of(Pool.OWNER_APPLICATION_NAME_LABEL, "demo-deploy-subnet"))
            .affinity(PoolAffinity.none()
                    .withPod(LabelSelector.of(Map.of("ipam.spidernet.io/app-namespace", "kube-system"))))
            .build();
    private static final Pool FOR_TWO_NODES = Pool.builder("test-pod-ippool", "10.6.0.0/16")
            .ips("10.6.168.101-10.6.168.110")
            .affinity(PoolAffinity.none()
                    .withNodeNames(List.of("master", "worker1"))
                    .withAttachments(List.of("kube-system/macvlan-vlan0")))
            .build();

    private static final List<PoolUsage> ONE_HELD = List.of(new PoolUsage(
            MADE_FOR_AN_APPLICATION.name(), BigInteger.TWO, 1, 0, BigInteger.ZERO, BigInteger.ONE, BigInteger.ZERO, 0));

    @Test
    void text_poolsOfTheDocument_matchesKubectl() {
        assertEquals("""
                NAME                                  VERSION   SUBNET           ALLOCATED-IP-COUNT   TOTAL-IP-COUNT   DEFAULT   DISABLE   NODENAME               MULTUSNAME                      APP-NAMESPACE
                auto4-demo-deploy-subnet-eth0-fcca4   4         172.100.0.0/16   1                    2                false     false                                                            kube-system
                test-pod-ippool                       4         10.6.0.0/16      0                    10               false     false     ["master","worker1"]   ["kube-system/macvlan-vlan0"]\s\s\s
                """, PoolTable.wide(PoolCatalog.of(FOR_TWO_NODES, MADE_FOR_AN_APPLICATION), ONE_HELD));
    }

    @Test
    void wide_onePoolWithStaticRanges_hasTwoMoreColumns() {
        Pool statics = Pool.builder("kept", "10.7.0.0/16")
                .ips("10.7.0.10-10.7.0.19")
                .staticIps("10.7.0.10-10.7.0.14")
                .build();
        PoolUsage usage = new PoolUsage(
                "kept", BigInteger.TEN, 4, 0, BigInteger.ZERO, BigInteger.valueOf(6), BigInteger.valueOf(3), 0);
        PoolCatalog catalog = PoolCatalog.of(MADE_FOR_AN_APPLICATION, statics);
        assertEquals("""
                NAME                                  VERSION   SUBNET           ALLOCATED-IP-COUNT   TOTAL-IP-COUNT   DEFAULT   DISABLE   NODENAME   MULTUSNAME   APP-NAMESPACE   STATIC-IP-COUNT   FREE-STATIC-IP-COUNT
                auto4-demo-deploy-subnet-eth0-fcca4   4         172.100.0.0/16   1                    2                false     false                             kube-system     0                 0
                kept                                  4         10.7.0.0/16      4                    10               false     false                                             5                 3
                """, PoolTable.wide(catalog, List.of(ONE_HELD.get(0), usage)));
        assertTrue(PoolTable.wide(PoolCatalog.of(statics), List.of()).endsWith("5                 5\n"));
    }

    @Test
    void text_hugePool_totalIsExact() {
        String table = PoolTable.wide(
                PoolCatalog.of(Pool.builder("all", "::/0")
                        .ips("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                        .defaultPool(true)
                        .disabled(true)
                        .build()),
                List.of());
        assertEquals(
                List.of("all", "6", "::/0", "0", BigInteger.TWO.pow(128).toString(), "true", "true"),
                List.of(table.split("\n", -1)[1].trim().split(" +")));
    }

    @Test
    void html_anyPools_hasTheCellsOfTheText() throws Exception {
        Pool hostile = Pool.builder("<b>&\u202e", "10.9.0.0/16").build();
        Element table = Xml.parse(PoolTable.html(PoolCatalog.of(hostile, MADE_FOR_AN_APPLICATION), ONE_HELD));
        NodeList rows = table.getElementsByTagName("tr");
        assertEquals(3, rows.getLength());
        assertEquals("<b>&\\u202e", rows.item(1).getFirstChild().getTextContent());
        assertEquals(
                "auto4-demo-deploy-subnet-eth0-fcca44172.100.0.0/1612falsefalsekube-system",
                rows.item(2).getTextContent());
        assertEquals(12, table.getElementsByTagName("th").getLength());
    }

    @Test
    void text_noPools_isAHeader() {
        assertEquals(1, PoolTable.wide(PoolCatalog.of(), List.of()).lines().count());
    }
}

package io.ipam.examples.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes of an operator in both modes, and edits while it is down. */
@ParameterizedClass
@EnumSource(TestCluster.Mode.class)
class WindowsTest {
    @Parameter
    TestCluster.Mode mode;

    private TestCluster cluster;

    @BeforeEach
    void open() {
        cluster = new TestCluster(mode);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void diesAt(Step point) throws InterruptedException {
        cluster.start(TestCluster.at(point)).awaitDeath();
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"REALM_CREATED", "POD_ALLOCATED", "POD_ANNOTATED", "POOL_MARKED", "STATUS_WRITTEN"})
    void restart_crashWhilePodGetsItsAddress_usesNoAddressTwice(Step point) throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.pod("cart-0", "blue");
        AtomicBoolean isArmed = new AtomicBoolean(point != Step.POOL_MARKED);
        OperatorProcess first = cluster.start(step -> step == point && isArmed.get());
        if (point == Step.POOL_MARKED) {
            cluster.awaitShown("cart-0");
            isArmed.set(true);
            cluster.pool("red", "10.7.0.0/16", "10.7.1.1-10.7.1.9");
        }
        first.awaitDeath();
        Set<String> granted = cluster.held();

        cluster.pod("cart-1", "blue");
        try (OperatorProcess second = cluster.start()) {
            cluster.awaitShown("cart-0", "cart-1");
            assertTrue(cluster.shown("cart-0").containsAll(granted) || granted.isEmpty());
            cluster.await("the status notes both", () -> cluster.noted("blue").size() == 2);
            cluster.assertSound(second);
        }
    }

    @Test
    void restart_crashWhilePodIsReleased_leaksNothing() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        cluster.pod("cart-0", "blue");
        try (OperatorProcess first = cluster.start(TestCluster.at(Step.POD_RELEASED))) {
            cluster.awaitShown("cart-0");
            cluster.deletePod("cart-0");
            first.awaitDeath();
        }
        cluster.pod("cart-1", "blue");
        cluster.pod("cart-2", "blue");
        try (OperatorProcess second = cluster.start()) {
            cluster.awaitShown("cart-1", "cart-2");
            cluster.await("cart-0 is gone", () -> !cluster.exists("cart-0"));
            cluster.assertSound(second);
        }
    }

    @Test
    void reconcile_podDeletedBeforeItHadTheFinalizer_releasesItsAddress() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1");
        cluster.pod("cart-0", "blue");
        diesAt(mode == TestCluster.Mode.STORE ? Step.POD_ALLOCATED : Step.HOLDER_WRITTEN);
        cluster.deletePod("cart-0");
        assertEquals(Set.of("10.6.1.1"), cluster.held());

        cluster.pod("cart-1", "blue");
        try (OperatorProcess second = cluster.start()) {
            cluster.reconcile(second);
            cluster.awaitShown("cart-1");
            cluster.assertSound(second);
        }
    }

    @Test
    void edit_whileDownRemovesAnAddressInUseThatAnotherPoolGets_isBlocked() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.pool("red", "10.6.0.0/16", "10.6.2.1");
        cluster.pod("cart-0", "blue");
        cluster.whileRunning(() -> {
            cluster.awaitShown("cart-0");
        });
        cluster.ips("blue", "10.6.1.2-10.6.1.9");
        cluster.ips("red", "10.6.1.1", "10.6.2.1");
        cluster.pod("cart-1", "red");
        cluster.pod("cart-2", "red");
        try (OperatorProcess second = cluster.start()) {
            cluster.await(
                    "one pod of red is served",
                    () -> cluster.shown("cart-1").size()
                                    + cluster.shown("cart-2").size()
                            == 1);
            if (mode == TestCluster.Mode.STORE) {
                cluster.await("both edits wait", () -> second.operator().faultyDocuments() == 2);
            }

            cluster.deletePod("cart-0");
            cluster.awaitShown("cart-1", "cart-2");
            cluster.assertSound(second);
        }
    }

    @Test
    void edit_whileDownIsReverted_keepsTheRecord() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        cluster.pod("cart-0", "blue");
        cluster.whileRunning(() -> {
            cluster.awaitShown("cart-0");
        });
        cluster.ips("blue", "10.6.1.2");
        cluster.pod("cart-1", "blue");
        cluster.whileRunning(() -> {
            cluster.await("the status is written", () -> cluster.noted("blue").size() == 2);
        });
        cluster.ips("blue", "10.6.1.1-10.6.1.2");
        try (OperatorProcess third = cluster.start()) {
            cluster.awaitShown("cart-1");
            assertEquals(Set.of("10.6.1.1", "10.6.1.2"), cluster.noted("blue"));
            cluster.assertSound(third);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takeOver_twoInterfacesOnOnePoolAndChangedDefault_movesNoPod(boolean isCutOff) throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.pool("red", "10.7.0.0/16", "10.7.1.1-10.7.1.9");
        cluster.takenOverPod("cart-0", "blue", Map.of("eth0", "10.6.1.2", "net1", "10.6.1.1"));
        cluster.namespace("shop", Map.of("ipam.spidernet.io/default-ipv4-ippool", "[\"red\"]"));
        if (isCutOff) {
            diesAt(Step.REALM_CREATED);
        }
        cluster.podOfInterfaces("cart-1", "blue", "blue");
        try (OperatorProcess second = cluster.start()) {
            cluster.awaitShown("cart-1");
            cluster.await("cart-0 is followed", () -> cluster.isKept("cart-0"));
            cluster.await("the status notes all", () -> cluster.noted("blue").size() == 4);
            cluster.assertSound(second);
        }
    }

    @Test
    void takeOver_faultyDocument_keepsItsAddressesTaken() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2", "nonsense");
        cluster.takenOverPod("cart-0", "blue", Map.of("eth0", "10.6.1.1"));
        cluster.pool("red", "10.7.0.0/16", "10.7.1.1");
        cluster.pod("cart-1", "red");
        try (OperatorProcess first = cluster.start()) {
            cluster.awaitShown("cart-1");
            cluster.ips("blue", "10.6.1.1-10.6.1.2");
            cluster.pod("cart-2", "blue");
            cluster.awaitShown("cart-2");
            cluster.await("cart-0 is followed", () -> cluster.isKept("cart-0"));
            cluster.assertSound(first);
        }
    }

    @Test
    void restart_statefulPodIsBeingRecreated_keepsItsAddress() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.statefulSet("db", 1);
        cluster.statefulPod("db", 0, "blue");
        cluster.whileRunning(() -> cluster.awaitShown("db-0"));
        Set<String> before = cluster.shown("db-0");
        cluster.deletePod("db-0");
        cluster.pod("cart-0", "blue");
        try (OperatorProcess second = cluster.start()) {
            cluster.awaitShown("cart-0");
            cluster.reconcile(second);
            cluster.statefulPod("db", 0, "blue");
            cluster.awaitShown("db-0");
            assertEquals(before, cluster.shown("db-0"));
            cluster.assertSound(second);
        }
    }

    @Test
    void release_statefulSetShrinks_happensAtReconciliation() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.statefulSet("db", 2);
        cluster.statefulPod("db", 0, "blue");
        cluster.statefulPod("db", 1, "blue");
        try (OperatorProcess first = cluster.start()) {
            cluster.awaitShown("db-0", "db-1");
            cluster.statefulSet("db", 1);
            cluster.deletePod("db-1");
            assertEquals(2, cluster.held().size());
            cluster.witness.forget("shop/db-1");
            cluster.assertSound(first);
            assertEquals(1, cluster.held().size());
        }
    }

    @Test
    void reconcile_strayOfASetThatIsGone_isReleasedAfterTheGracePeriod() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        cluster.statefulSet("db", 1);
        cluster.status("blue", Map.of("allocatedIPs", "{\"10.6.1.9\":{\"pod\":\"shop/db-0\",\"podUid\":\"d0\"}}"));
        try (OperatorProcess first = cluster.start()) {
            cluster.reconcile(first);
            assertEquals(Set.of("10.6.1.9"), cluster.held());

            cluster.deleteStatefulSet("db");
            first.operator().reconcile();
            cluster.clock.advance(TestCluster.GRACE.minusSeconds(1));
            first.operator().reconcile();
            assertEquals(Set.of("10.6.1.9"), cluster.held());
            cluster.clock.advance(Duration.ofSeconds(1));
            first.operator().reconcile();
            assertEquals(Set.of(), cluster.held());
        }
    }

    @Test
    void allocate_podWithCopiedAnnotations_getsItsOwnAddress() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        cluster.pod("cart-0", "blue");
        try (OperatorProcess first = cluster.start()) {
            cluster.awaitShown("cart-0");
            cluster.copyOfPod("cart-1", "cart-0");
            cluster.awaitShown("cart-1");
            assertEquals(Set.of("10.6.1.2"), cluster.shown("cart-1"));
            cluster.assertSound(first);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deletion_crashWhilePoolIsRemoved_removesItOnceItIsEmpty(boolean isInUse) throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.pod("cart-0", "blue");
        OperatorProcess first = cluster.start(TestCluster.at(Step.POOL_REMOVED));
        cluster.awaitShown("cart-0");
        cluster.deletePool("blue");
        awaitTerminating(first);
        if (isInUse) {
            first.kill();
        }
        cluster.deletePod("cart-0");
        first.awaitDeath();
        try (OperatorProcess second = cluster.start()) {
            cluster.await("the document is gone", () -> cluster.document("blue") == null);
            assertFalse(second.operator().ipam().catalog().pool("blue").isPresent());
            cluster.assertSound(second);
        }
    }

    private void awaitTerminating(OperatorProcess process) {
        cluster.await(
                "the pool is terminating",
                () -> process.operator()
                        .ipam()
                        .catalog()
                        .pool("blue")
                        .orElseThrow()
                        .isTerminating());
    }

    @Test
    void deletion_poolWithAnAddressOutsideItsRanges_waitsForItsPod() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.2");
        cluster.takenOverPod("cart-0", "blue", Map.of("eth0", "10.6.1.9"));
        try (OperatorProcess first = cluster.start()) {
            cluster.deletePool("blue");
            cluster.pod("cart-1", "blue");
            awaitTerminating(first);
            assertTrue(cluster.held().contains("10.6.1.9"));
            assertTrue(first.operator().ipam().state().releaseStray(Address.parse("10.6.1.9")));
            cluster.deletePod("cart-0");
            cluster.deletePod("cart-1");
            cluster.await("the document is gone", () -> cluster.document("blue") == null);
        }
    }

    @Test
    void deletion_poolInUse_allocatesNothingAndWaitsForItsPods() throws InterruptedException {
        cluster.pool("blue", "10.6.0.0/16", "10.6.1.1-10.6.1.9");
        cluster.pod("cart-0", "blue");
        try (OperatorProcess first = cluster.start()) {
            cluster.awaitShown("cart-0");
            cluster.deletePool("blue");
            awaitTerminating(first);
            cluster.pod("cart-1", "blue");
            cluster.deletePod("cart-0");
            cluster.await("the document is gone", () -> cluster.document("blue") == null);
            assertEquals(Set.of(), cluster.shown("cart-1"));
            cluster.assertSound(first);
        }
    }
}

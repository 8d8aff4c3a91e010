package io.ipam.subnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import org.junit.jupiter.api.Test;

class AutoPoolNameTest {
    private static Application named(String name, String uid) {
        return new Application("apps/v1", "Deployment", "kube-system", name, uid, 1);
    }

    @Test
    void isThatOfTheUsersDocument() {
        Application application = named("demo-deploy-subnet", "d2bd4cd6-9b0e-4ba7-b9c4-fcca47c3b0f1");
        assertEquals(
                "auto4-demo-deploy-subnet-eth0-fcca4",
                AutoPoolName.of(application, "eth0", Family.ofNumber(4).orElseThrow()));
    }

    @Test
    void isInLowerCaseAndTakesWhatTheUidHas() {
        assertEquals(
                "auto6-cart-net1-ab",
                AutoPoolName.of(named("Cart", "AB"), "NET1", Family.ofNumber(6).orElseThrow()));
    }

    @Test
    void cutsTheApplicationAlone() {
        String name = AutoPoolName.of(
                named("a".repeat(253), "1-23456789"), "eth0", Family.ofNumber(4).orElseThrow());
        assertEquals(253, name.length());
        assertTrue(name.startsWith("auto4-aaa"));
        assertTrue(name.endsWith("a-eth0-23456"));
    }
}

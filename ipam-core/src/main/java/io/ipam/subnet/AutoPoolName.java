package io.ipam.subnet;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import java.util.Locale;

/** The name of an auto-created pool: {@code auto4-demo-deploy-subnet-eth0-fcca4}, in lower case. */
final class AutoPoolName {
    /** The most characters that Kubernetes allows in the name of an object. */
    private static final int LONGEST = 253;

    private static final int UID_CHARACTERS = 5;

    private AutoPoolName() {}

    /** The application's name is cut where the whole would be too long; the interface and the uid tell pools apart. */
    static String of(Application application, String interfaceName, Family family) {
        String head = "auto" + family.number() + "-";
        String tail = "-" + interfaceName + "-" + shortUid(application.uid());
        String name = application.name();
        int room = Math.max(0, LONGEST - head.length() - tail.length());
        String cut = name.substring(0, Math.min(name.length(), room));
        return (head + cut + tail).toLowerCase(Locale.ROOT);
    }

    private static String shortUid(String uid) {
        String group = uid.substring(uid.lastIndexOf('-') + 1);
        return group.substring(0, Math.min(UID_CHARACTERS, group.length()));
    }
}

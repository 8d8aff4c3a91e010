package io.ipam.subnet;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of an auto-created pool: {@code auto4-demo-deploy-subnet-eth0-fcca4}, in lower case. */
final class AutoPoolName {
    /** The most characters that Kubernetes allows in the name of an object. */
    private static final int LONGEST = 253;

    private static final int UID_CHARACTERS = 5;

    /** 128 bits: no two names are ever seen to have the same. */
    private static final int HASH_BYTES = 16;

    private static final Pattern FIT = Pattern.compile("[0-9A-Za-z]+");

    private AutoPoolName() {}

    /**
     * The application's name is cut where the whole would be too long; the interface and the uid
     * tell pools apart. An interface that is too long even so is cut itself, and the hash of it and
     * of the application takes the rest. Such a name is one character short of the longest and has
     * no application in it, as no other name is.
     */
    static String of(Application application, String interfaceName, Family family) {
        String head = "auto" + family.number() + "-";
        String uid = "-" + lower(shortUid(application));
        String tail = "-" + lower(interfaceName) + uid;
        int room = LONGEST - head.length() - tail.length();
        if (room >= 0) {
            return head + cut(lower(application.name()), room) + tail;
        }
        String hash = "-" + hash(application.name() + "/" + interfaceName);
        int left = LONGEST - 1 - head.length() - hash.length() - uid.length();
        return head + cut(tail, left) + hash + uid;
    }

    /**
     * In lower case, which is never shorter; the end of a text that is too long anyway is left out.
     */
    private static String lower(String text) {
        return cut(text, LONGEST + 1).toLowerCase(Locale.ROOT);
    }

    /** At most so many characters; those that take two are not halved but left out. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The first characters of the last group of the uid. A text that no name of an object may end
     * in, as that of an application without a uid, is replaced by characters of a hash of the whole
     * application.
     */
    private static String shortUid(Application application) {
        String uid = application.uid();
        String group = uid.substring(uid.lastIndexOf('-') + 1);
        String start = group.substring(0, Math.min(UID_CHARACTERS, group.length()));
        return FIT.matcher(start).matches()
                ? start
                : hash(identity(application)).substring(0, UID_CHARACTERS);
    }

    private static String identity(Application application) {
        return String.join(
                "/",
                application.apiVersion(),
                application.kind(),
                application.namespace(),
                application.name(),
                application.uid());
    }
}

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
    /** The maximum length of the name of a Kubernetes object. */
    private static final int LONGEST = 253;

    private static final int UID_CHARACTERS = 5;

    /** 128 bits, so that collisions do not occur in practice. */
    private static final int HASH_BYTES = 16;

    private static final Pattern FIT = Pattern.compile("[0-9A-Za-z]+");

    private AutoPoolName() {}

    /**
     * The application's name is cut if the whole name would be too long; the interface and the uid
     * distinguish pools. If the interface is still too long, it is cut, too, and a hash of
     * interface and application follows it. Such a name is one character shorter than the maximum
     * and omits the application, so it differs from all other names.
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
     * The text in lower case, which is never shorter. The end of a text that is too long is
     * omitted.
     */
    private static String lower(String text) {
        return cut(text, LONGEST + 1).toLowerCase(Locale.ROOT);
    }

    /** At most {@code most} characters; a surrogate pair is not split but omitted. */
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
     * The first characters of the last group of the uid. If an object's name must not end in this
     * text, a hash of the whole application replaces it. An example is the empty text of an
     * application without a uid.
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

package io.ipam.store.etcd;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certification authority and the certificates that it signs, made with the keytool of the JDK,
 * as files in the PEM format.
 */
record Certificates(Path folder) {
    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "ca";

    /** Makes the authority, {@code ca.pem}. */
    static Certificates in(Path folder) {
        Certificates made = new Certificates(folder);
        made.generate(AUTHORITY, "-ext", "bc:c");
        made.exportCertificate(AUTHORITY);
        return made;
    }

    /** Makes {@code NAME.pem} for a server on this machine, and {@code NAME-key.pem}. */
    void server(String name) {
        signed(name, "-ext", "san=dns:localhost,ip:127.0.0.1", "-ext", "eku=serverAuth,clientAuth");
    }

    /** Makes the certificate of a client, whose common name is the name of the files. */
    void client(String name) {
        signed(name, "-ext", "eku=clientAuth");
    }

    /** Makes a certificate for the signatures of tokens. */
    void tokens(String name) {
        signed(name, "-keyalg", "RSA", "-keysize", "2048");
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    private void signed(String name, String... more) {
        List<String> options = new ArrayList<>(List.of("-signer", AUTHORITY));
        options.addAll(List.of(more));
        generate(name, options.toArray(String[]::new));
        exportCertificate(name);
        exportKey(name);
    }

    private void generate(String name, String... more) {
        List<String> options = new ArrayList<>(List.of("-dname", "CN=" + name));
        options.addAll(List.of(more));
        if (!options.contains("-keyalg")) {
            options.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        keytool("-genkeypair", name, options);
    }

    private void exportCertificate(String name) {
        keytool("-exportcert", name, List.of("-rfc", "-file", file(name + ".pem")));
    }

    private void exportKey(String name) {
        try {
            char[] password = PASSWORD.toCharArray();
            KeyStore store = KeyStore.getInstance(folder.resolve("keys.p12").toFile(), password);
            Key key = store.getKey(name, password);
            String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded());
            Files.writeString(
                    folder.resolve(name + "-key.pem"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String action, String name, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), action, "-alias", name));
        command.addAll(List.of("-keystore", file("keys.p12"), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(options);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

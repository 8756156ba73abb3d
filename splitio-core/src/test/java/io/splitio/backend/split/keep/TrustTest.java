package io.splitio.backend.split.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that others could have written are not read, and files of others are not written. */
class TrustTest {
  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("flags");
  }

  @BeforeEach
  void onUnix() {
    assumeTrue(Trust.isPosix(folder), "permissions as Unix has them");
  }

  private ThrowingCallable reading() {
    return () -> new KeptFile(path(), Writing.OWNER, 1 << 20).read(entry -> {});
  }

  private void refused(String why) {
    assertThatThrownBy(reading()).isInstanceOf(IOException.class).hasMessage(why);
  }

  private void permit(String permissions) throws IOException {
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aFileThatOthersMayWriteIsRefused() throws Exception {
    Writing.write(path(), 1);
    permit("rw-rw----");
    refused("others than its owner may write it");
    permit("rw-----w-");
    refused("others than its owner may write it");
    permit("rw-r--r--");
    assertThat(new KeptFile(path(), Writing.OWNER, 1 << 20).read(entry -> {}))
        .isEqualTo(KeptFile.Found.WHOLE);
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws Exception {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root may give files away");
    Writing.write(path(), 1);
    Files.setAttribute(path(), "unix:uid", 12_345);
    refused("it belongs to another user");
  }

  @Test
  void aLinkIsRefusedAndReplacedAndWhatItLeadsToStays() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createSymbolicLink(path(), target);
    refused("it is no regular file");
    Writing.write(path(), 1);
    assertThat(target).hasContent("precious");
    assertThat(path()).isRegularFile();
    assertThat(Files.isSymbolicLink(path())).isFalse();
  }

  @Test
  void aHardLinkIsRefusedAndReplacedAndWhatItNamesStays() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createLink(path(), target);
    refused("it has another name elsewhere (a hard link)");
    Writing.write(path(), 1);
    assertThat(target).hasContent("precious");
    assertThatCode(reading()).doesNotThrowAnyException();
  }

  @Test
  void linksInPlaceOfTheDraftAreNotFollowed() throws Exception {
    Path target = Files.writeString(folder.resolve("target"), "precious");
    Files.createSymbolicLink(folder.resolve("flags.8000000000000001.new"), target);
    Files.createSymbolicLink(
        folder.resolve("flags.8000000000000002.new"), folder.resolve("nowhere"));
    Files.createLink(folder.resolve("flags.8000000000000003.new"), target);
    Writing.write(path(), 1);
    assertThat(target).hasContent("precious");
    assertThat(folder.resolve("nowhere")).doesNotExist();
    assertThatCode(reading()).doesNotThrowAnyException();
  }

  @Test
  void aPipeAndADirectoryAreRefusedWithoutWaiting() throws Exception {
    Process made = new ProcessBuilder("mkfifo", path().toString()).start();
    assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0, "mkfifo");
    refused("it is no regular file");
    Files.delete(path());
    Files.createDirectory(path());
    refused("it is no regular file");
  }

  @Test
  void whateverTheUmaskOnlyTheOwnerReadsAndWrites() throws Exception {
    Path file = folder.resolve("made/for/flags");
    Process writing =
        new ProcessBuilder(
                "sh",
                "-c",
                "umask 000; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writing.class.getName(),
                file.toString(),
                "1")
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(writing.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      writing.destroyForcibly();
    }
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(file.getParent().getParent())).isEqualTo("rwx------");
  }

  private static String permissions(Path of) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(of, LinkOption.NOFOLLOW_LINKS));
  }
}

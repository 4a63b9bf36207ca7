package io.heapster.benchmark.scale;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks over one connection that stays open, with as little of its own as can be: a client that costs more than the
 * service would measure itself. Bodies are read, counted and, when asked for, kept. For one thread.
 */
final class KeepAliveClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];

    KeepAliveClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /**
     * An answer.
     *
     * @param bytes length of the body
     */
    record Answer(int status, long bytes) {}

    static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n").getBytes(UTF_8);
    }

    Answer get(byte[] request) throws IOException {
        return get(request, null);
    }

    String text(String path) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Answer answer = get(request(path), body);
        if (answer.status() != 200) {
            throw new IOException(path + " answered " + answer.status());
        }
        return body.toString(UTF_8);
    }

    private Answer get(byte[] request, @Nullable OutputStream body) throws IOException {
        out.write(request);
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        long length = 0;
        boolean chunked = false;
        for (line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).trim());
            } else if (header.startsWith("transfer-encoding:")) {
                chunked = header.endsWith("chunked");
            }
        }
        return new Answer(status, chunked ? chunks(body) : read(length, body));
    }

    private long chunks(@Nullable OutputStream body) throws IOException {
        long bytes = 0;
        while (true) {
            long length = Long.parseLong(line().trim(), 16);
            bytes += read(length, body);
            String end = line();
            if (length == 0) {
                return bytes;
            }
            if (!end.isEmpty()) {
                throw new IOException("a chunk without its end");
            }
        }
    }

    private long read(long length, @Nullable OutputStream body) throws IOException {
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException();
            }
            if (body != null) {
                body.write(buffer, 0, read);
            }
            left -= read;
        }
        return length;
    }

    private String line() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            buffer[length++] = (byte) next;
        }
        if (length > 0 && buffer[length - 1] == '\r') {
            length--;
        }
        return new String(buffer, 0, length, ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
